/** Keeping the focus inside what covers the rest of the page. */

const TABBABLE = 'a[href],button,input,select,textarea,[tabindex]:not([tabindex="-1"]),[contenteditable="true"]';

/** The elements inside another that Tab reaches, in order. */
export function listTabbable(root: HTMLElement): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(TABBABLE)].filter(
    (element) => !element.matches(":disabled") && element.getClientRects().length > 0,
  );
}

/** Moves the focus as Tab does, but round and round inside an element. */
export function moveFocus(root: HTMLElement, back: boolean): void {
  const all = listTabbable(root);
  const at = all.findIndex((element) => element === root.doc.activeElement);
  const next = back ? (at <= 0 ? all.length - 1 : at - 1) : (at + 1) % Math.max(all.length, 1);
  (all[next] ?? root).focus();
}
