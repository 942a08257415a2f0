/** Modals, as the app builds them: `div.modal-container > div.modal-bg + div.modal`. */
import { listTabbable, moveFocus } from "./focus-trap";
import { setIcon } from "./icons";
import { Scope, type KeyApp } from "./keymap";
import { ButtonComponent } from "./setting-components";

let latest = 0;

/** A dialog over the window that has the focus. Escape, the cross and a click beside it close it. */
export class Modal {
  readonly scope = new Scope();
  readonly containerEl = createDiv("modal-container mod-dim");
  readonly modalEl: HTMLElement;
  readonly titleEl: HTMLElement;
  readonly contentEl: HTMLElement;
  shouldRestoreSelection = true;
  #before: Element | null = null;
  #open = false;
  #closeCallback: (() => unknown) | null = null;

  constructor(readonly app: KeyApp) {
    const background = this.containerEl.createDiv("modal-bg");
    this.modalEl = this.containerEl.createDiv({
      cls: "modal",
      attr: { role: "dialog", "aria-modal": true, tabindex: -1 },
    });
    const cross = this.modalEl.createEl("button", {
      cls: "modal-close-button clickable-icon",
      attr: { "aria-label": "Close" },
    });
    setIcon(cross, "x");
    const header = this.modalEl.createDiv("modal-header");
    this.titleEl = header.createDiv({ cls: "modal-title", attr: { id: `modal-title-${++latest}` } });
    this.contentEl = this.modalEl.createDiv("modal-content");
    this.modalEl.setAttr("aria-labelledby", this.titleEl.id);
    background.addEventListener("click", () => this.close());
    cross.addEventListener("click", () => this.close());
    this.scope.register([], "Escape", () => {
      this.close();
      return false;
    });
    this.scope.register(null, "Tab", (event) => {
      moveFocus(this.modalEl, event.shiftKey);
      return false;
    });
  }

  /** Shows it in the active window, then calls `onOpen`. */
  open(): void {
    if (this.#open) return;
    this.#open = true;
    this.#before = activeDocument.activeElement;
    activeDocument.body.append(this.containerEl);
    this.app.keymap.pushScope(this.scope);
    this.modalEl.focus();
    void this.onOpen();
    if (!this.modalEl.contains(activeDocument.activeElement) || this.modalEl.isActiveElement()) {
      const first = listTabbable(this.contentEl)[0];
      (first ?? this.modalEl).focus();
    }
  }

  /** Takes it away and gives the focus back. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.app.keymap.popScope(this.scope);
    this.containerEl.remove();
    if (this.shouldRestoreSelection && this.#before?.isConnected) (this.#before as HTMLElement).focus();
    this.onClose();
    this.#closeCallback?.();
  }

  onOpen(): Promise<void> | void {
    // For those who extend it.
  }

  onClose(): void {
    // For those who extend it.
  }

  setTitle(title: string): this {
    this.titleEl.setText(title);
    return this;
  }

  setContent(content: string | DocumentFragment): this {
    this.contentEl.setText(content);
    return this;
  }

  setCloseCallback(callback: () => unknown): this {
    this.#closeCallback = callback;
    return this;
  }
}

/** A button of a confirmation: closes the modal after its handler, unless that gives something truthy. */
export class ConfirmationButton extends ButtonComponent {
  readonly #modal: ConfirmationModal;

  constructor(modal: ConfirmationModal) {
    super(modal.buttonContainerEl);
    this.#modal = modal;
    this.onClick(() => undefined);
  }

  override onClick(handler: (event: MouseEvent) => unknown): this {
    return super.onClick(async (event) => {
      if (!(await handler(event))) this.#modal.close();
    });
  }

  setInitialFocus(): this {
    this.#modal.initialFocus = this.buttonEl;
    return this;
  }

  setSecondary(): this {
    return this.setClass("mod-secondary");
  }

  setCancel(): this {
    return this.setClass("mod-cancel");
  }
}

/** A modal that asks (1.13.0). */
export class ConfirmationModal extends Modal {
  readonly buttonContainerEl: HTMLElement;
  initialFocus: HTMLElement | null = null;

  constructor(app: KeyApp) {
    super(app);
    this.modalEl.addClass("mod-confirmation");
    this.buttonContainerEl = this.modalEl.createDiv("modal-button-container");
  }

  override open(): void {
    super.open();
    (this.initialFocus ?? this.buttonContainerEl.querySelector("button"))?.focus();
  }

  addClass(name: string): this {
    this.modalEl.addClass(name);
    return this;
  }

  addCheckbox(label: string, callback: (value: boolean) => unknown): this {
    const labelEl = this.buttonContainerEl.createEl("label", { cls: "mod-checkbox", prepend: true });
    const box = labelEl.createEl("input", { type: "checkbox", attr: { tabindex: 0 } });
    labelEl.appendText(label);
    box.addEventListener("change", () => void callback(box.checked));
    return this;
  }

  addButton(callback: (button: ConfirmationButton) => unknown): this {
    callback(new ConfirmationButton(this));
    return this;
  }

  addCancelButton(text = "Cancel"): this {
    return this.addButton((button) => button.setButtonText(text).setCancel());
  }
}
