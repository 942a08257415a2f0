// What the tests of reading view share: notes to show, and what is seen of them.
import type { Host } from "./harness";

/** A complete task block; `fields` are lines of any kind in the midst of it. */
export function writeTask(id: string, title: string, fields = ""): string {
  return `## task_begin
### # [id:${id}][type:infra][priority:high][component:c] ${title}
**Status:** todo  
**Acceptance Criteria:**  
- [ ] one
- [x] two
**Relevant Documentation:** \`docs/a.md\`  
**Plan:**  
1. a
2. b
3. c

${fields}**Estimated Effort:** 2 days  
## task_end`;
}

/** A group around task blocks. */
export function writeGroup(title: string, ...tasks: readonly string[]): string {
  return `## group_begin [type:infra][priority:high]\n## ${title}\n\n${tasks.join("\n\n---\n\n")}\n\n## group_end\n`;
}

/**
 * What is seen below an element, from top to bottom: cards by id and title, bands by title, ends of groups, rules between
 * parts; all other parts by their text, those that show nothing left out.
 */
export async function readParts(
  host: Host,
  below = ".markdown-reading-view .markdown-preview-sizer",
): Promise<string[]> {
  return host.page.evaluate((selector) => {
    const parts = Array.from(
      document.querySelectorAll(
        `${selector} > :is([class^='el-'], [class^='backlog-'], h1, h2, h3, h4, h5, h6, p, ul, ol, hr, blockquote, table, pre)`,
      ),
    );
    return parts.flatMap((part) => {
      const find = (name: string) => (part.matches(name) ? part : part.querySelector(name));
      const textOf = (name: string) => part.querySelector(name)?.textContent.trim() ?? "";
      if (find(".backlog-card"))
        return [
          `card ${/TASK-\d{8}-\d{3}/.exec(textOf(".backlog-card-counts, .backlog-card-frame"))?.[0] ?? ""} ${textOf(".backlog-card-title")}`,
        ];
      if (find(".backlog-band")) return [`band ${textOf(".backlog-band-title")}`];
      if (find(".backlog-band-end")) return ["end"];
      if (find("hr")) return ["rule"];
      return part.textContent.trim() === "" ? [] : [part.textContent.trim()];
    });
  }, below);
}
