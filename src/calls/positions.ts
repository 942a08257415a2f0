/** A place as editors name it: both 1-based, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * A function that gives the position of an offset. Lines end with LF, CRLF or a lone CR, as the core counts them. It reads
 * the text once, and no further than the greatest offset asked for.
 */
export function createLocator(text: string): (offset: number) => Position {
  const starts = [0];
  const lineBreak = /\r\n?|\n/g;
  let more = true;
  return (offset) => {
    while (more && (starts.at(-1) ?? 0) <= offset) {
      more = lineBreak.test(text);
      if (more) starts.push(lineBreak.lastIndex);
    }
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
