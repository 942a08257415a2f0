/** Whether a character code is a blank or a tab. */
export function isBlank(char: number): boolean {
  return char === 32 || char === 9;
}

/** Whether a character code is an ASCII digit. */
export function isDigit(char: number): boolean {
  return char >= 48 && char <= 57;
}

/** The first offset from `at` on that holds no blank or tab; `to` where all do. */
export function skipBlanks(text: string, at: number, to: number): number {
  let end = at;
  while (end < to && isBlank(text.charCodeAt(end))) end++;
  return end;
}

/** `[from, to)` without the blanks and tabs at its ends; empty at its end where it holds nothing else. */
export function trimSpan(text: string, from: number, to: number): readonly [number, number] {
  const start = skipBlanks(text, from, to);
  let end = to;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return [start, end];
}

/** Offset of the first character of that code in `[from, to)`; `to` where there is none. */
export function findIn(text: string, code: number, from: number, to: number): number {
  let at = from;
  while (at < to && text.charCodeAt(at) !== code) at++;
  return at;
}
