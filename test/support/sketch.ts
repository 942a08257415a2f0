// A note as a sketch: `/` for a line break, `[A]` for a task block with the id A and nothing in it but its header. So that
// a case about what stands between blocks is a line.
import { parseNote, type Note } from "../../src/core/note";

/** The block that `[A]` stands for. */
export function sketchBlock(name: string): string {
  return `## task_begin\n### # [id:${name}][type:infra][priority:high] ${name}\n## task_end`;
}

/** The text that a sketch stands for. */
export function drawn(sketch: string): string {
  return sketch.replaceAll("/", "\n").replace(/\[(\w)\]/g, (_, name: string) => sketchBlock(name));
}

/** The note that a sketch stands for. */
export function sketched(sketch: string): Note {
  return parseNote(drawn(sketch));
}

/** The sketch of a text; blocks that no sketch draws stay as they are. */
export function sketchOf(text: string): string {
  return text
    .replace(/## task_begin\r?\n### # \[id:(\w)\]\[type:infra\]\[priority:high\] \1\r?\n## task_end/g, "[$1]")
    .replaceAll("\r\n", "\n")
    .replaceAll("\n", "/");
}
