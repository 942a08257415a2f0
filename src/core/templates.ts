import type { NoteNames } from "./folder";

/**
 * The text of a new backlog: its rules in a comment that `readRules` reads, three groups, and in the last of them a
 * complete example task that can be promoted at once. `today` is `YYYY-MM-DD`, of which its id is made.
 */
export function backlogTemplate(names: NoteNames, today: string): string {
  return lines(
    "# Backlog",
    "",
    "<!--",
    "The rules of this backlog. People, agents and tools go by them: change a number here and it holds.",
    "",
    `1) Work that nobody has started waits here, in groups of one type and one priority. ${names.todo} holds the batch`,
    `   that is being worked on, ${names.archive} what is finished.`,
    "2) A batch comes from one group and has one type. Take up to 5 tasks, in the order in which they are listed.",
    "3) A task moves whole, from its begin marker to its end marker, and not a word of it changes on the way.",
    "4) The order inside a group is a decision: add new tasks at its end, or where they belong.",
    "5) REQUIRED FIELDS: a task without one of these is incomplete and stays here.",
    "   - **Plan:** Minimum 3 numbered steps",
    "   - **Estimated Effort:** a number and a unit",
    "   - **Relevant Documentation:** at least one reference, best of all under docs/",
    "-->",
    "",
    "## group_begin [type:bug][priority:critical]",
    "## Bugs that can't wait",
    "",
    "## group_end",
    "",
    "## group_begin [type:feature][priority:high]",
    "## Features that come next",
    "",
    "## group_end",
    "",
    "## group_begin [type:docs][priority:medium]",
    "## Documentation",
    "",
    "## task_begin",
    `### # [id:TASK-${today.replaceAll("-", "")}-001][type:docs][priority:medium][component:docs] Write the first page of the documentation`,
    "**Status:** todo  ",
    `**Created:** ${today}  `,
    "**Description:** An example, complete as a task should be. Make it yours, or take it out.  ",
    "**Acceptance Criteria:**  ",
    "- [ ] A newcomer can start the project by following the page",
    "- [ ] The README links to it",
    "**Relevant Files:** `README.md`  ",
    "**Relevant Documentation:** `docs/getting-started.md`  ",
    "**Plan:**  ",
    "1. Write down each step while starting the project on a fresh machine",
    "2. Turn the notes into a page of at most one screen",
    "3. Link it from the README",
    "**Estimated Effort:** 2 hours  ",
    "## task_end",
    "",
    "## group_end",
  );
}

/** The text of a new todo note: a batch header that says `(none)`. */
export function todoTemplate(names: NoteNames): string {
  return lines(
    "# Active batch",
    "",
    `What is being worked on now: tasks of one type, moved here from ${names.backlog} in the order that they had there.`,
    "",
    "## Current Batch Focus",
    "**Batch Type:** (none)  ",
    "**Batch Goal:** (not set)  ",
    "**Batch Size Target:** 5",
    "",
    "---",
  );
}

/** The text of a new archive. */
export function archiveTemplate(names: NoteNames): string {
  return lines(
    "# Archive",
    "",
    `Finished tasks, moved here from ${names.todo}, the latest at the end. What is here stays as it is.`,
    "",
    "---",
  );
}

/** Lines as a text with a final line break. */
export function lines(...all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}
