import { makeElement } from "../cards/elements";

/**
 * Takes the controls out of a drawn card or band that is only to be read: on paper, in an embed, in a hover preview. What
 * a control says stays as text; links stay links.
 */
export function freezeControls(root: HTMLElement): void {
  for (const button of Array.from(root.querySelectorAll("button"))) {
    const words = button.textContent.trim();
    if (words === "" || button.hasAttribute("aria-expanded")) removeWithEmptyParent(button, root);
    else button.replaceWith(asText(button, words));
  }
}

/** What held nothing but controls goes with them. */
function removeWithEmptyParent(button: HTMLElement, root: HTMLElement): void {
  const parent = button.parentElement;
  button.remove();
  if (parent && parent !== root && parent.childElementCount === 0) parent.remove();
}

function asText(button: HTMLElement, words: string): HTMLElement {
  const kind = button.dataset["control"] ?? "control";
  return makeElement(button.ownerDocument, "bdi", { class: `backlog-card-text is-${kind}` }, words);
}
