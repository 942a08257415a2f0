// A large backlog as a city library might keep it, the same for the same seed: of it the sample vault's large folder is
// made, and the notes that tests scroll through. Not random text: what makes notes of people hard to draw is their
// variety (long and short, both styles of labels, tables, code, right-to-left and emoji titles, gaps of all kinds).
import { LARGE_WORDS as WORDS } from "./large-words";

/** A seeded source of numbers in [0, 1). */
function startRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

class Writer {
  private readonly random: () => number;
  private count = 0;

  constructor(
    seed: number,
    private readonly firstDay: number,
  ) {
    this.random = startRandom(seed);
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  between(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1));
  }

  pick<T>(from: readonly T[]): T {
    return from[this.between(0, from.length - 1)] as T;
  }

  pickSeveral<T>(from: readonly T[], least: number, most: number): readonly T[] {
    const left = [...from];
    const count = Math.min(this.between(least, most), left.length);
    return Array.from({ length: count }, () => left.splice(this.between(0, left.length - 1), 1)[0] as T);
  }

  /** Ids run on from day to day, a few on each. */
  nextId(): { readonly id: string; readonly day: string } {
    const day = new Date(this.firstDay + Math.floor(this.count / 9) * 86_400_000).toISOString().slice(0, 10);
    const place = (this.count++ % 9) + 1;
    return { id: `TASK-${day.replaceAll("-", "")}-${String(place).padStart(3, "0")}`, day };
  }

  title(): string {
    if (this.chance(0.08)) return this.pick(WORDS.specialTitles);
    return `${this.pick(WORDS.verbs)} ${this.pick(WORDS.things)}${this.chance(0.6) ? ` ${this.pick(WORDS.reasons)}` : ""}`;
  }

  sentences(least: number, most: number): string {
    return this.pickSeveral(WORDS.sentences, least, most).join(" ");
  }

  steps(): readonly string[] {
    return this.pickSeveral(WORDS.steps, this.chance(0.06) ? 1 : 3, 7).map((step, at) => `${at + 1}. ${step}`);
  }

  criteria(ticked: boolean): readonly string[] {
    const share = ticked ? 1 : this.pick([0, 0, 0, 0.4]);
    return this.pickSeveral(WORDS.criteria, 2, 6).map((one) => `- [${this.chance(share) ? "x" : " "}] ${one}`);
  }

  task(type: string, priority: string, state: "open" | "done", earlier: readonly string[]): string {
    const { id, day } = this.nextId();
    const heading = this.chance(0.25);
    const status = state === "done" ? "done" : this.pick(["todo", "todo", "todo", "todo", "in-progress", "blocked"]);
    const label = (name: string, value: string | readonly string[]): readonly string[] => {
      const lines = typeof value === "string" ? [value] : value;
      if (heading) return [`### ${name}`, ...lines, ""];
      return lines.length === 1 && !/^(?:- |\d+\. )/.test(String(lines[0]))
        ? [`**${name}:** ${lines.join("")}  `]
        : [`**${name}:**  `, ...lines];
    };
    const lacking =
      state === "open" && this.chance(0.12) ? this.pick(["Plan", "Estimated Effort", "Relevant Documentation"]) : "";
    const unless = (name: string, value: string | readonly string[]) => (name === lacking ? [] : label(name, value));
    const component = this.pick(WORDS.components);
    const files = this.pickSeveral(WORDS.files, 1, 5).map((file) => `\`${file}\``);
    const documents = this.pickSeveral(WORDS.documents, 1, 3);
    return [
      "## task_begin",
      `### # [id:${id}][type:${type}][priority:${priority}][component:${component}] ${this.title()}`,
      ...(heading ? [""] : []),
      `**Status:** ${status}  `,
      `**Created:** ${day}  `,
      ...(state === "done" ? [`**Completed:** ${day}  `] : []),
      ...(this.chance(0.3) ? [`**Assignee:** ${this.pick(WORDS.people)}  `] : []),
      ...(heading ? [""] : []),
      ...label("Description", `${heading ? "> " : ""}${this.sentences(1, 4)}`),
      ...(earlier.length > 0 && this.chance(0.35)
        ? label("Dependencies", this.pickSeveral(earlier, 1, 3).join(", "))
        : []),
      ...label("Acceptance Criteria", this.criteria(state === "done")),
      ...label("Relevant Files", heading ? files.map((file) => `- ${file}`) : files.join(", ")),
      ...unless("Relevant Documentation", heading ? documents.map((one) => `- ${one}`) : documents.join(", ")),
      ...unless("Plan", this.steps()),
      ...(this.chance(0.08) ? ["", ...this.pick(WORDS.insertions), ""] : []),
      ...unless("Estimated Effort", this.pick(WORDS.efforts)),
      ...(this.chance(0.5) ? label("Notes", this.sentences(1, 5)) : []),
      "## task_end",
    ].join("\n");
  }
}

/** The text of a backlog of that many tasks, in groups of 1 to 18; some are empty. Every task is closed and has an id of its own. */
export function writeLargeBacklog(seed: number, count: number): string {
  const writer = new Writer(seed, Date.UTC(2025, 2, 3));
  const parts = [
    "# City library: backlog\n\n<!--\nTake up to 5 tasks, in listed order.\nREQUIRED FIELDS:\n   - **Plan:** Minimum 3 numbered steps\n   - **Effort:** a number and a unit\n   - **Documentation:** at least one page\n-->",
  ];
  let left = count;
  let earlier: readonly string[] = [];
  while (left > 0) {
    const type = writer.pick(WORDS.types);
    const priority = writer.pick(WORDS.priorities);
    const tasks: string[] = [];
    if (writer.chance(0.92)) {
      for (let size = Math.min(left, writer.between(1, 18)); size > 0; size--) {
        tasks.push(writer.task(type, priority, "open", earlier));
        earlier = [...earlier, /id:(\S+?)\]/.exec(String(tasks.at(-1)))?.[1] ?? ""].slice(-20);
        left--;
      }
    }
    const marker = `## group_begin [type:${type}][priority:${priority}]`;
    const title = `## ${writer.pick(WORDS.signs)} ${writer.pick(WORDS.groups)}`.replace("  ", " ");
    const between = writer.pick(["\n\n---\n\n", "\n\n---\n\n", "\n\n"]);
    parts.push([`${marker}\n${title}`, tasks.length > 0 ? tasks.join(between) : "---", "## group_end"].join("\n\n"));
  }
  return `${parts.join("\n\n")}\n`;
}

/** The text of a todo note or an archive with that many tasks of one type. */
export function writeLargeList(seed: number, count: number, state: "open" | "done", heading: string): string {
  const writer = new Writer(seed, state === "done" ? Date.UTC(2024, 8, 2) : Date.UTC(2024, 11, 2));
  const tasks = Array.from({ length: count }, () => writer.task("feature", "high", state, []));
  return `${heading}\n\n---\n\n${tasks.join("\n\n---\n\n")}\n`;
}
