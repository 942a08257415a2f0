/**
 * Lets Enter press a button of a modal only where it went down in the modal, and not again while it is held: not the Enter that opened it, which may
 * still be held, or of which the browser has handled no more than the first half when the modal is there.
 */
export function expectFreshEnter(modal: HTMLElement): void {
  let fresh = false;
  modal.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Enter") return;
      if (event.repeat) event.preventDefault();
      else fresh = true;
    },
    { capture: true },
  );
  // It is this half that presses a button.
  modal.addEventListener(
    "keypress",
    (event) => {
      if (event.key === "Enter" && !fresh) event.preventDefault();
    },
    { capture: true },
  );
}
