import type { EditorView } from "@codemirror/view";
import { MarkdownView, type TFile } from "obsidian";
import { readBlock } from "../core/block";
import { applyEdits } from "../core/edits";
import { parseNote } from "../core/note";
import type { Refusal } from "../core/refusal";
import { findShown, planTaskChange, type ShownTask, type TaskChange } from "../core/shown-task";
import { writeTaskEdits } from "../editor/task-edits";
import { showNotice } from "../ui/move-notice";
import { refuse, reportFailure } from "../ui/notices";
import { readNoteText } from "../vault/note-texts";
import { archiveFinished } from "./archival";
import { findEditor } from "./panes";
import type { Parts } from "./parts";

const ARCHIVED: Refusal = {
  code: "unknown-task",
  message: "This task is in an archive: archived tasks are never rewritten.",
};

/** Thrown inside of the vault's own read and write, so that it writes nothing. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

/** What was written last of the tasks of one note: as they were shown before, and as they are shown since. */
type Followed = Map<string, ShownTask>;

/** Sets values of tasks where a person asks for it: the least change, or none and a notice that says why. */
export class TaskValues {
  private readonly turns = new Map<string, Promise<unknown>>();
  private readonly followed = new Map<string, Followed>();

  constructor(private readonly parts: Parts) {}

  /**
   * Makes a change through an editor, as one step to undo.
   *
   * @param path of the note; "" where the editor has none.
   * @returns whether the note says so now.
   */
  changeIn(view: EditorView, path: string, shown: ShownTask, change: TaskChange): boolean {
    try {
      if (this.parts.watch.contextOf(path).kind === "archive") throw new Refused(ARCHIVED);
      const planned = planTaskChange(path || "this note", view.state.doc.toString(), shown, change);
      if (planned.refusal) throw new Refused(planned.refusal);
      if (planned.edits.length > 0) writeTaskEdits(view, planned.edits);
      this.follow(path, shown, planned.shown);
      this.tellDone(path, shown, change);
      return true;
    } catch (error) {
      tellWhy(path, error);
      return false;
    }
  }

  /**
   * Makes a change in a note, one after the other: through an editor where it is being edited, else in the file.
   *
   * @returns whether the note says so now.
   */
  change(path: string, shown: ShownTask, change: TaskChange): Promise<boolean> {
    const run = async (): Promise<boolean> => {
      try {
        return await this.changeNow(path, shown, change);
      } catch (error) {
        tellWhy(path, error);
        return false;
      }
    };
    const turn = (this.turns.get(path) ?? Promise.resolve()).then(run);
    this.turns.set(path, turn);
    return turn;
  }

  /** Whether a task is shown as it is, and no longer as `text`, for no other reason than what was written of it here. */
  isFollowed(path: string, text: string, now: ShownTask): boolean {
    const since = this.find(path, { ...now, text });
    return since !== null && keyOf(since) === keyOf(now);
  }

  private async changeNow(path: string, shown: ShownTask, change: TaskChange): Promise<boolean> {
    const { app, watch } = this.parts;
    if (watch.contextOf(path).kind === "archive") throw new Refused(ARCHIVED);
    const file = app.vault.getFileByPath(path);
    const text = file && (await readNoteText(app, file));
    if (!file || text === null) {
      const message = file ? `${path} is not valid UTF-8, so nothing was written.` : `${path} is not there any more.`;
      throw new Refused({ code: "stale-source", message });
    }
    const disk = await app.vault.cachedRead(file);
    const editor = this.findEditing(path);
    // An editor knows no carriage returns: those of the note stay where the vault writes it.
    if (editor && !(disk.includes("\r") && toLines(disk) === editor.state.doc.toString())) {
      return this.changeIn(editor, path, this.resolve(path, editor.state.doc.toString(), shown), change);
    }
    await this.saveTyped(file, disk);
    let now = shown;
    await app.vault.process(file, (current) => {
      const planned = planTaskChange(path, current, this.resolve(path, current, shown), change);
      if (planned.refusal) throw new Refused(planned.refusal);
      now = planned.shown;
      return applyEdits(current, planned.edits);
    });
    this.follow(path, shown, now);
    this.tellDone(path, shown, change);
    return true;
  }

  /** The task as it is shown since it was written here, where the note no longer holds it as it was shown before. */
  private resolve(path: string, text: string, shown: ShownTask): ShownTask {
    return findShown(parseNote(text), shown) ? shown : (this.find(path, shown) ?? shown);
  }

  private find(path: string, shown: ShownTask): ShownTask | null {
    return this.followed.get(path)?.get(keyOf(shown)) ?? null;
  }

  /** A card may be used again before it was drawn anew: what it shows then is followed to what was made of it. */
  private follow(path: string, before: ShownTask, now: ShownTask): void {
    const known: Followed = this.followed.get(path) ?? new Map<string, ShownTask>();
    const [from, to] = [keyOf(before), keyOf(now)];
    for (const [key, shown] of known) if (keyOf(shown) === from) known.set(key, now);
    known.set(from, now);
    known.delete(to);
    // A few steps back are enough.
    for (const oldest of known.keys()) if (known.size > 16) known.delete(oldest);
    this.followed.set(path, known);
  }

  /** The editor in which a note is being edited, that of the active pane first. */
  private findEditing(path: string): EditorView | null {
    const { app } = this.parts;
    const active = app.workspace.getActiveViewOfType(MarkdownView);
    const views = listViews(this.parts, path).sort((a, b) => Number(b === active) - Number(a === active));
    for (const view of views) {
      const editor = findEditor(this.parts, view);
      if (editor) return editor;
    }
    return null;
  }

  /** What was typed before the note came to be read is not on the disk yet. */
  private async saveTyped({ path }: TFile, disk: string): Promise<void> {
    const saved = toLines(disk);
    for (const view of listViews(this.parts, path)) {
      const text = view.getViewData();
      // A view has its file before it has its text.
      const loading = text === "" && view.data === "";
      if (!loading && toLines(text) !== saved) await view.save();
    }
  }

  private tellDone(path: string, { text }: ShownTask, change: TaskChange): void {
    const place = this.parts.watch.placeOf(path);
    if (change.kind !== "status" || change.status !== "done" || place?.kind !== "todo") return;
    const task = readBlock(text)?.task;
    if (task?.status === "done") return;
    const name = task?.id ?? (task?.title || "The task");
    const archive = () => void archiveFinished(this.parts, place.folder);
    showNotice(this.parts.overlays, {
      sentence: `${name} is done.`,
      buttons: [{ title: "Archive finished tasks", act: archive }],
    });
  }
}

function listViews({ app }: Parts, path: string): MarkdownView[] {
  const views: MarkdownView[] = [];
  app.workspace.iterateAllLeaves(({ view }) => {
    if (view instanceof MarkdownView && view.file?.path === path) views.push(view);
  });
  return views;
}

function tellWhy(path: string, error: unknown): void {
  if (error instanceof Refused) refuse(error.message);
  else reportFailure(`${path} could not be written: the task stays as it is.`, error);
}

function keyOf({ text, before, equals }: ShownTask): string {
  return JSON.stringify([toLines(text), before, equals]);
}

function toLines(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}
