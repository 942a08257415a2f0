import type { BandActions } from "./card-actions";

/** Lets the one control of a root open the source of what the root stands for. Returns the root. */
export function opensSource(root: HTMLElement, actions: BandActions): HTMLElement {
  const isControl = (event: MouseEvent) => (event.target as Element).closest("[data-control]") !== null;
  // The editor keeps its focus, and with it the selection, when the control is pressed.
  root.addEventListener("mousedown", (event) => {
    if (isControl(event)) event.preventDefault();
  });
  root.addEventListener("click", (event) => {
    if (!isControl(event)) return;
    event.preventDefault();
    event.stopPropagation();
    actions.editSource(root);
  });
  return root;
}
