import type { EditorView } from "@codemirror/view";
import { readBlock } from "../core/block";
import { applyEdits, invertEdits, type Edit } from "../core/edits";
import { toLineFeeds } from "../core/line-ends";
import { parseNote } from "../core/note";
import type { Refusal } from "../core/refusal";
import { findShown, planTaskChange, type ShownTask, type TaskChange } from "../core/shown-task";
import { showNotice } from "../ui/move-notice";
import { reportFailure } from "../ui/notices";
import { archiveFinished } from "./archival";
import { nameMoved } from "./moved-tasks";
import { editNote, type PlannedEdits } from "./note-edits";
import type { Parts } from "./parts";
import { sayRefusal } from "./refusals";

const ARCHIVED: Refusal = {
  code: "unknown-task",
  message: "This task is in an archive: archived tasks are never rewritten.",
};

/** What was written last of the tasks of one note: as they were shown before, and as they are shown since. */
type Followed = Map<string, ShownTask>;

/** What was written of one task in reading view, for taking it back. */
interface Written {
  readonly before: ShownTask;
  readonly now: ShownTask;
  /** The block as it stands since, with its own line ends. */
  readonly block: string;
  /** What makes the block again what it was; spans count from its first character. */
  readonly back: readonly Edit[];
}

/** So many changes of a note can be taken back in reading view. */
const MOST_WRITTEN = 16;

/** Sets values of tasks where a person asks for it: the least change, or none and a notice that says why. */
export class TaskValues {
  private readonly turns = new Map<string, Promise<unknown>>();
  private readonly followed = new Map<string, Followed>();
  private readonly written = new Map<string, Written[]>();

  constructor(private readonly parts: Parts) {}

  /**
   * Makes a change in a note, one after the other: through an editor where it is being edited, as one step to undo, else in the
   * file.
   *
   * @param path of the note; "" where the editor has none.
   * @param editor in which it is asked for; null in reading view.
   * @returns whether the note says so now.
   */
  change(path: string, shown: ShownTask, change: TaskChange, editor: EditorView | null): Promise<boolean> {
    return this.inTurn(path, async () => {
      const attempt = this.attempt(path, shown, change);
      return attempt.end(await editNote(this.parts, path, attempt.plan, editor), editor === null);
    });
  }

  /**
   * Takes back what was changed last of a note in reading view, which has no history of its own, if the task stands as it was
   * written.
   *
   * @returns whether the note says so now; false where nothing is known to take back.
   */
  takeBack(path: string): Promise<boolean> {
    return this.inTurn(path, async () => {
      const written = this.written.get(path)?.pop();
      if (!written) return false;
      const { now, block, back, before } = written;
      const refusal = await editNote(this.parts, path, (text) => {
        const task = findShown(parseNote(text), now);
        if (!task || text.slice(task.from, task.to) !== block) return { edits: [], refusal: refuseChanged(path) };
        return { edits: shiftEdits(back, task.from), refusal: null };
      });
      if (refusal) sayRefusal(refusal);
      else this.follow(path, now, before);
      return refusal === null;
    });
  }

  /** Whether a task is shown as it is, and no longer as `text`, for no other reason than what was written of it here. */
  isFollowed(path: string, text: string, now: ShownTask): boolean {
    const since = this.find(path, { ...now, text });
    return since !== null && keyOf(since) === keyOf(now);
  }

  /** Does one thing after the other in a note; a notice says where one fails, and it counts as not done. */
  private inTurn(path: string, act: () => Promise<boolean>): Promise<boolean> {
    const run = async (): Promise<boolean> => {
      try {
        return await act();
      } catch (error) {
        reportFailure(`${path} could not be written: the task stays as it is.`, error);
        return false;
      }
    };
    const turn = (this.turns.get(path) ?? Promise.resolve()).then(run);
    this.turns.set(path, turn);
    return turn;
  }

  /** A change that is planned over the text that it meets, and what follows from how it ended. */
  private attempt(
    path: string,
    shown: ShownTask,
    change: TaskChange,
  ): {
    readonly plan: (text: string) => PlannedEdits;
    /** @returns whether the note says so now. */
    readonly end: (refusal: Refusal | null, remember: boolean) => boolean;
  } {
    let written: Written = { before: shown, now: shown, block: "", back: [] };
    const plan = (text: string): PlannedEdits => {
      if (this.parts.watch.contextOf(path).kind === "archive") return { edits: [], refusal: ARCHIVED };
      const before = this.resolve(path, text, shown);
      const planned = planTaskChange(path || "this note", text, before, change);
      if (planned.refusal) return { edits: [], refusal: planned.refusal };
      written = describeWritten(text, before, planned.shown, planned.edits);
      return { edits: planned.edits, refusal: null };
    };
    const end = (refusal: Refusal | null, remember: boolean): boolean => {
      if (refusal) {
        sayRefusal(refusal);
        return false;
      }
      const { before, now, back } = written;
      this.follow(path, before, now);
      if (remember && back.length > 0) this.remember(path, written);
      this.tellDone(path, before, change);
      return true;
    };
    return { plan, end };
  }

  private remember(path: string, written: Written): void {
    const known = this.written.get(path) ?? [];
    this.written.set(path, [...known, written].slice(-MOST_WRITTEN));
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

  private tellDone(path: string, { text }: ShownTask, change: TaskChange): void {
    const place = this.parts.watch.placeOf(path);
    if (change.kind !== "status" || change.status !== "done" || place?.kind !== "todo") return;
    const task = readBlock(text)?.task;
    if (task?.status === "done") return;
    const name = nameMoved({ id: task?.id ?? "The task", title: task?.title ?? "" });
    const archive = () => void archiveFinished(this.parts, place.folder);
    showNotice(this.parts.overlays, {
      sentence: `${name} is done.`,
      buttons: [{ title: "Archive finished tasks", act: archive }],
    });
  }
}

function describeWritten(text: string, before: ShownTask, now: ShownTask, edits: readonly Edit[]): Written {
  const after = applyEdits(text, edits);
  const task = findShown(parseNote(after), now);
  if (!task) return { before, now, block: "", back: [] };
  const back = shiftEdits(invertEdits(text, edits), -task.from);
  return { before, now, block: after.slice(task.from, task.to), back };
}

function shiftEdits(edits: readonly Edit[], by: number): readonly Edit[] {
  return edits.map(({ from, to, insert }) => ({ from: from + by, to: to + by, insert }));
}

function refuseChanged(path: string): Refusal {
  return { code: "stale-source", message: `The task has changed in ${path} since: nothing was taken back.` };
}

function keyOf({ text, before, equals }: ShownTask): string {
  return JSON.stringify([toLineFeeds(text), before, equals]);
}
