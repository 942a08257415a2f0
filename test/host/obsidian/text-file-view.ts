import type { TFile } from "./file";
import type { OpenNote, TextHolder } from "./saving";
import { EditableFileView } from "./view";

/** A view of a text that can be changed. Source: typing `TextFileView`; how it saves: `OpenNote`. */
export abstract class TextFileView extends EditableFileView implements TextHolder {
  data = "";
  private note: OpenNote | null = null;

  abstract getViewData(): string;
  abstract setViewData(data: string, clear: boolean): void;
  abstract clear(): void;

  /** Source: typing: "Debounced save in 2 seconds from now". A property, so that it can be handed on. */
  requestSave = (): void => {
    this.data = this.getViewData();
    this.note?.change(this.data, this);
  };

  /** Resolves when what was typed in any view of the note is on the disk, or a save is under way that will see to it. */
  async save(clear = false): Promise<void> {
    this.requestSave();
    await this.note?.saveAsked();
    if (clear) {
      this.data = "";
      this.clear();
    }
  }

  receiveText(text: string): void {
    this.data = text;
    this.setViewData(text, false);
  }

  override async onLoadFile(file: TFile): Promise<void> {
    await super.onLoadFile(file);
    const note = await this.app.workspace.openNotes.enter(file, this);
    this.data = note.text;
    this.setViewData(this.data, true);
    this.note = note;
  }

  override async onUnloadFile(file: TFile): Promise<void> {
    const { note } = this;
    this.note = null;
    if (note !== null) await this.app.workspace.openNotes.leave(note, this);
    await super.onUnloadFile(file);
  }
}
