import type { App } from "./app";
import type { TFile } from "./file";
import { mergeLines } from "./line-merge";
import { Notice } from "./notice";

/** Source: typing `TextFileView.requestSave` ("Debounced save in 2 seconds from now"). */
const SAVE_DELAY = 2000;

/** A view of an open note, as far as its text is concerned. */
export interface TextHolder {
  /** Shows a text that was changed elsewhere: in another pane, or by another program. */
  receiveText(text: string): void;
}

/** CodeMirror holds no carriage returns (EDITOR.md, "Writing"); a note that has some loses them when it is saved. */
const toEditorText = (text: string): string => text.replace(/\r\n?/g, "\n");

/**
 * The text of a note that is open, shared by all its views. Sources: EDITOR.md, "Writing" (a save 2 s after typing, an outside
 * change merged with unsaved typing); the typing of the event `quick-preview` (views follow before a save); that a view has
 * fields `saving` and `saveAgain` is told by those who look into the app (obsidian-typings). Assumptions, each the harder one for
 * a plugin: that a view's `save` writes what was typed in another pane; that a save which is asked for while one is under way
 * is made after it and not waited for; that a save which is asked for writes a note with carriage returns without them.
 */
export class OpenNote {
  readonly holders = new Set<TextHolder>();
  text = "";
  /** What the disk holds, as far as is known. */
  private saved = "";
  private timer: number | null = null;
  private saving = false;
  private saveAgain = false;
  private carriageReturns = false;
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly app: App,
    readonly file: TFile,
  ) {}

  /** Reads the note; for its first view. */
  async load(): Promise<void> {
    await this.enqueue(async () => {
      this.saved = this.text = this.take(await this.app.vault.read(this.file));
    });
  }

  get dirty(): boolean {
    return this.text !== this.saved;
  }

  /** Takes what was typed in one view, shows it in the others, and saves it in two seconds from now. */
  change(text: string, from: TextHolder | null): void {
    if (text === this.text) return;
    this.show(text, from);
    this.requestSave();
  }

  requestSave(): void {
    this.stopTimer();
    this.timer = window.setTimeout(() => {
      this.timer = null;
      this.save().catch(() => tellUnsaved(this.file));
    }, SAVE_DELAY);
  }

  /** A save that a view is asked for: it also writes a text that differs from the disk's in its line ends only. */
  async saveAsked(): Promise<void> {
    await this.save(this.carriageReturns);
  }

  /**
   * Writes what is unsaved; resolves when it is on the disk, or at once where a save is under way, which then saves again.
   * Nothing is written where nothing was typed, unless `always` is set.
   */
  async save(always = false): Promise<void> {
    if (this.saving) {
      this.saveAgain = true;
      return;
    }
    this.saving = true;
    try {
      for (this.saveAgain = true; this.saveAgain;) {
        this.saveAgain = false;
        await this.enqueue(() => this.write(always));
      }
    } finally {
      this.saving = false;
    }
  }

  /** Reads what another program, or `Vault.process`, wrote, and merges it with what is unsaved. */
  async reload(): Promise<void> {
    await this.enqueue(async () => {
      if (this.app.vault.getFileByPath(this.file.path) !== this.file) return;
      const disk = this.take(await this.app.vault.read(this.file));
      if (disk === this.saved) return;
      const merged = mergeLines(this.saved, this.text, disk);
      this.saved = disk;
      this.show(merged, null);
      if (this.dirty) this.requestSave();
      else this.stopTimer();
    });
  }

  /** Resolves when no read or write of it is under way. */
  async settle(): Promise<void> {
    await this.queue;
  }

  /** Forgets to save: the note is gone, or there is nothing to save. */
  stopTimer(): void {
    if (this.timer !== null) window.clearTimeout(this.timer);
    this.timer = null;
  }

  private async write(always: boolean): Promise<void> {
    this.stopTimer();
    if (!this.dirty && !always) return;
    const before = this.saved;
    this.saved = this.text;
    try {
      await this.app.vault.modify(this.file, this.saved);
      this.carriageReturns = false;
    } catch (error) {
      this.saved = before;
      throw error;
    }
  }

  /** A text of the disk as the editor has it. */
  private take(text: string): string {
    this.carriageReturns = text.includes("\r");
    return toEditorText(text);
  }

  private show(text: string, from: TextHolder | null): void {
    this.text = text;
    for (const holder of this.holders) if (holder !== from) holder.receiveText(text);
    this.app.workspace.trigger("quick-preview", this.file, text);
  }

  /** One read or write at a time, in the order asked for; a failure is the asker's and does not stop the next. */
  private enqueue(step: () => Promise<void>): Promise<void> {
    const run = this.queue.then(step);
    this.queue = run.catch(() => undefined);
    return run;
  }
}

/** The notes that are open in any view. */
export class OpenNotes {
  private readonly notes = new Map<TFile, OpenNote>();

  constructor(private readonly app: App) {
    app.vault.on("modify", (file: TFile) => {
      this.notes.get(file)?.reload().catch(reportFailure);
    });
    app.vault.on("delete", (file: TFile) => {
      this.notes.get(file)?.stopTimer();
      this.notes.delete(file);
    });
  }

  /** The note of a file with one more view; read from the disk where it is the first. */
  async enter(file: TFile, holder: TextHolder): Promise<OpenNote> {
    let note = this.notes.get(file);
    if (note === undefined) {
      note = new OpenNote(this.app, file);
      this.notes.set(file, note);
      note.holders.add(holder);
      await note.load();
    } else {
      note.holders.add(holder);
      await note.settle();
    }
    return note;
  }

  /**
   * One view less; what is unsaved is saved, and after the last view the note is forgotten. Assumption: what the disk refuses is
   * kept for the next view.
   */
  async leave(note: OpenNote, holder: TextHolder): Promise<void> {
    const gone = this.notes.get(note.file) !== note;
    if (!gone) await note.save().catch(() => tellUnsaved(note.file));
    note.holders.delete(holder);
    if (note.holders.size === 0 && !gone && !note.dirty) this.notes.delete(note.file);
  }

  /** Whether anything typed is still to be saved. */
  get dirty(): boolean {
    return [...this.notes.values()].some((note) => note.dirty);
  }
}

/** Observation: the app tells of a save that failed in a notice. What was typed stays, and the next key has it saved again. */
function tellUnsaved(file: TFile): void {
  new Notice(`${file.path} could not be saved.`);
}

const reportFailure = (error: unknown): void => console.error("A note could not be read again", error);
