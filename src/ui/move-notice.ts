import { Notice } from "obsidian";
import type { Overlays } from "./overlays";

/** How long a notice with buttons stays when nobody is at it, in milliseconds. */
const STAYS = 20_000;

/** What a notice says, and what can be done about it. */
export interface NoticeWords {
  readonly sentence: string;
  /** What it is about: it takes the place of an earlier notice about the same. Left out, it takes no one's. */
  readonly about?: string;
  /** Sentences that the person should read besides. */
  readonly details?: readonly string[];
  readonly buttons: readonly NoticeButton[];
}

/** A button of a notice, which goes when it is pressed. */
export interface NoticeButton {
  readonly title: string;
  readonly act: () => void;
}

/** Shows a notice with buttons. It stays for 20 seconds, and longer while the pointer or the focus is at it. */
export function showNotice(overlays: Overlays, words: NoticeWords): void {
  const notice = new Notice("", 0);
  const element = notice.messageEl;
  let timer: number | null = null;
  // Where the focus was before it came here.
  let before: Element | null = null;
  const stop = (): void => {
    if (timer !== null) window.clearTimeout(timer);
    timer = null;
  };
  const close = (): void => {
    const focused = element.contains(element.doc.activeElement);
    stop();
    forget();
    notice.hide();
    if (focused && before?.isConnected && before.instanceOf(HTMLElement)) before.focus();
  };
  const start = (): void => {
    stop();
    timer = window.setTimeout(close, STAYS);
  };
  const forget = words.about === undefined ? overlays.keep({ close }) : overlays.keepOnly(words.about, { close });
  element.addClass("backlog-notice");
  element.createDiv({ cls: "backlog-notice-sentence", text: words.sentence, attr: { dir: "auto" } });
  for (const detail of words.details ?? []) {
    element.createDiv({ cls: "backlog-notice-detail", text: detail, attr: { dir: "auto" } });
  }
  const row = element.createDiv("backlog-notice-buttons");
  for (const { title, act } of words.buttons) {
    const button = row.createEl("button", { text: title });
    // The editor keeps its focus.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      close();
      act();
    });
  }
  const { containerEl } = notice;
  // The app takes a notice away that is clicked.
  containerEl.addEventListener("click", close);
  containerEl.addEventListener("pointerenter", stop);
  containerEl.addEventListener("pointerleave", start);
  containerEl.addEventListener("focusin", (event) => {
    stop();
    const from = event.relatedTarget as Element | null;
    if (from && !containerEl.contains(from)) before = from;
  });
  containerEl.addEventListener("focusout", start);
  start();
}
