import { installDomExtensions, type Realm } from "./dom-extensions";
import { WorkspaceContainer } from "./workspace-parts";

/** Source: typing `WorkspaceWindowInitData`. */
export interface WindowPlace {
  readonly x?: number;
  readonly y?: number;
  readonly size?: { readonly width: number; readonly height: number };
}

/**
 * A pop-out: a window of the browser with its own document. Sources: typing `WorkspaceWindow`; EDITOR.md ("Pop-outs: `el.doc`,
 * `el.win`"). Observation: the app copies its styles and the body's classes, and runs no script in it, so that its elements
 * have prototypes of their own.
 */
export class WorkspaceWindow extends WorkspaceContainer {
  readonly win: Realm;
  readonly doc: Document;
  private copies: readonly HTMLElement[] = [];
  private readonly styles: MutationObserver;
  private readonly classes: MutationObserver;

  constructor(
    place: WindowPlace,
    private readonly onClose: (closed: WorkspaceWindow) => void,
  ) {
    super("workspace-split mod-vertical mod-root");
    const { width, height } = place.size ?? { width: 800, height: 600 };
    const win = window.open("about:blank", "_blank", `popup,width=${width},height=${height}`);
    if (win === null) throw new Error("The browser did not let the host open a window");
    this.win = win as Realm;
    this.doc = win.document;
    installDomExtensions(this.win, window);
    this.copyStyles();
    this.copyClasses();
    this.styles = new MutationObserver(() => this.copyStyles());
    this.styles.observe(document.head, { childList: true, subtree: true, characterData: true });
    this.classes = new MutationObserver(() => this.copyClasses());
    this.classes.observe(document.body, { attributes: true, attributeFilter: ["class", "style"] });
    const container = this.doc.body.createDiv("app-container").createDiv("workspace");
    container.append(this.containerEl);
    win.addEventListener("pagehide", this.closed);
  }

  /** Closes the window; whoever was told of it with `onClose` is told. */
  close(): void {
    this.win.close();
    this.closed();
  }

  protected override leaveEmpty(): void {
    this.close();
  }

  private readonly closed = (): void => {
    this.win.removeEventListener("pagehide", this.closed);
    this.styles.disconnect();
    this.classes.disconnect();
    this.onClose(this);
  };

  /** What CodeMirror mounts in this document stays. */
  private copyStyles(): void {
    for (const copy of this.copies) copy.remove();
    const sheets = document.head.querySelectorAll<HTMLElement>("style, link[rel=stylesheet]");
    this.copies = [...sheets].map((sheet) => {
      const copy = this.doc.importNode(sheet, true);
      const { href } = sheet as HTMLLinkElement;
      if (sheet.localName === "link") copy.setAttribute("href", href);
      return copy;
    });
    this.doc.head.append(...this.copies);
  }

  private copyClasses(): void {
    this.doc.body.className = `${document.body.className} is-popout-window`;
    this.doc.body.style.cssText = document.body.style.cssText;
    this.doc.documentElement.className = document.documentElement.className;
  }
}
