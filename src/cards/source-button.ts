import type { BandActions, SourceActions } from "./card-actions";

/** Lets the one control of a root open the source of what the root stands for. Returns the root. */
export function opensSource(root: HTMLElement, actions: SourceActions): HTMLElement {
  return onControl(root, () => actions.editSource(root));
}

/** Lets the controls of a band do what they are for. Returns the root. */
export function actsAsBand(root: HTMLElement, actions: BandActions): HTMLElement {
  return onControl(root, (name) => (name === "promote" ? actions.promote(root) : actions.editSource(root)));
}

function onControl(root: HTMLElement, act: (name: string) => void): HTMLElement {
  const findControl = ({ target }: MouseEvent) => (target as Element).closest<HTMLElement>("[data-control]");
  // The editor keeps its focus, and with it the selection, when the control is pressed.
  root.addEventListener("mousedown", (event) => {
    if (findControl(event)) event.preventDefault();
  });
  root.addEventListener("click", (event) => {
    const control = findControl(event);
    if (!control) return;
    event.preventDefault();
    event.stopPropagation();
    act(String(control.dataset["control"]));
  });
  return root;
}
