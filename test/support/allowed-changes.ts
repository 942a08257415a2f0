// What a move may change in a note (FORMAT.md §5, rules 7 and 8), looked at line by line and without the code that made the
// move: blocks as they were, everything else as it was but for separators and the lines that the rules name.

/** A task block or a line between blocks. */
export type Piece = { readonly kind: "block" | "line"; readonly text: string };

/** Splits a note into task blocks and the lines between them; comments hide markers. Good for notes whose blocks all close. */
export function splitNote(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let block: string[] | null = null;
  let hidden = false;
  for (const line of text.split(/(?<=\n)/)) {
    const bare = line.trim();
    if (!block && !hidden && /^(?:\uFEFF)?<!--/.test(bare) && !bare.includes("-->")) hidden = true;
    if (!hidden && bare.startsWith("## task_begin")) block = [];
    if (block) {
      block.push(line);
      if (bare === "## task_end") {
        pieces.push({ kind: "block", text: block.join("").replace(/\r?\n$/, "") });
        block = null;
      }
    } else {
      pieces.push({ kind: "line", text: line });
    }
    if (hidden && bare.includes("-->")) hidden = false;
  }
  return pieces;
}

/** The texts of a note's blocks. */
export function blocksOf(text: string | undefined): readonly string[] {
  return splitNote(text ?? "").flatMap(({ kind, text }) => (kind === "block" ? [text] : []));
}

/** The lines between the blocks that are neither blank nor a separator, of those kinds that a move may not touch. */
export function linesOf(text: string | undefined, mayChange: RegExp): readonly string[] {
  return splitNote(text ?? "").flatMap(({ kind, text }) => {
    const bare = text.replace(/\r?\n$/, "");
    return kind === "line" && bare.trim() !== "" && bare.trim() !== "---" && !mayChange.test(bare) ? [bare] : [];
  });
}

/** Number of `---` lines between the blocks. */
export function countSeparators(text: string | undefined): number {
  return splitNote(text ?? "").filter(({ kind, text }) => kind === "line" && text.trim() === "---").length;
}
