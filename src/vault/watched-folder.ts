import type { NoteContext } from "../core/context";
import { equalValues } from "../core/equal-values";
import { keepContexts, readFacts, type FolderFacts } from "../core/facts";
import type { NoteNames } from "../core/folder";
import type { NoteKind } from "../core/note";
import type { Settings } from "../settings";
import { hasTasks, listCompanions, listOthers } from "./folder-notes";
import { findNames, holdsBacklog, joinPath } from "./folders";
import { ParsedNotes, type ReadNotes } from "./parsed-notes";
import type { VaultApp } from "./vault-app";

/** The facts of a folder of the vault. */
export interface WatchedFacts extends FolderFacts {
  /** Paths, relative to the folder, of the notes that could not be read; the facts are those of the others. */
  readonly unread: readonly string[];
}

/** What facts were made from: where a run reads the same, they stand. */
interface Basis extends ReadNotes {
  readonly names: NoteNames;
}

/** One backlog folder whose facts are kept. It is read when asked to, never by itself. */
export class WatchedFolder {
  /** As of the last run; null before the first, after `forget`, and where the folder holds no backlog any more. */
  facts: WatchedFacts | null = null;
  private readonly parsed: ParsedNotes;
  /** Other notes that were asked for: they are read whatever the app's index says of them. */
  private readonly shown = new Set<string>();
  private basis: Basis | null = null;
  private timer: number | null = null;
  private run = 0;
  private busy = false;
  private waiting: (() => void)[] = [];

  /**
   * @param folder path in the vault.
   * @param onChange called after a run that found something else than the one before.
   */
  constructor(
    private readonly app: VaultApp,
    readonly folder: string,
    private readonly settings: () => Settings,
    private readonly onChange: () => void,
  ) {
    this.parsed = new ParsedNotes(app);
  }

  /** Reads the folder in so many milliseconds, counted anew from the last call; a run under way is given up. */
  refresh(delay: number): void {
    this.stop();
    this.timer = window.setTimeout(() => {
      this.timer = null;
      void this.read(this.run);
    }, delay);
  }

  /** The facts when no run is due or under way; null where the folder holds no backlog, or was given up. */
  async whenCurrent(): Promise<WatchedFacts | null> {
    while (this.timer !== null || this.busy) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.facts;
  }

  /** The context of a note; null where it is not known. A note that is no companion is read from now on. */
  contextOf(note: string, kind: NoteKind): NoteContext | null {
    const known = this.facts?.contexts.get(note) ?? null;
    if (kind === "other" && !this.shown.has(note)) {
      this.shown.add(note);
      if (this.facts && !known) this.refresh(0);
    }
    return known;
  }

  /** Whether a change of a note that lies directly in the folder and is no companion may change the facts. */
  concerns(note: string): boolean {
    if (this.parsed.holds(note) || this.shown.has(note)) return true;
    const file = this.app.vault.getFileByPath(joinPath(this.folder, note));
    return file !== null && hasTasks(this.app, file);
  }

  /** Drops the facts; the notes stay parsed. */
  forget(): void {
    this.facts = null;
    this.basis = null;
  }

  /** Gives up: no timer is left, and a run under way changes nothing any more. */
  close(): void {
    this.stop();
    this.forget();
    this.wake();
  }

  private stop(): void {
    if (this.timer !== null) window.clearTimeout(this.timer);
    this.timer = null;
    this.run++;
    this.busy = false;
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }

  private async read(run: number): Promise<void> {
    const isCurrent = () => run === this.run;
    this.busy = true;
    try {
      if (await this.readFacts(isCurrent)) this.onChange();
    } catch (error) {
      console.error(`The tasks of the folder ${this.folder || "/"} could not be read.`, error);
    }
    if (!isCurrent()) return;
    this.busy = false;
    this.wake();
  }

  /** Whether the facts are others than before. */
  private async readFacts(isCurrent: () => boolean): Promise<boolean> {
    const settings = this.settings();
    if (!holdsBacklog(this.app.vault, this.folder, settings.names)) {
      const before = this.facts;
      this.forget();
      return before !== null;
    }
    const names = findNames(this.app.vault, this.folder, settings.names);
    const companions = listCompanions(this.app, this.folder, names);
    const others = listOthers(this.app, this.folder, names, this.shown);
    const read = await this.parsed.read([...companions, ...others], isCurrent);
    if (!read) return false;
    const basis: Basis = { names, ...read };
    if (this.facts && this.basis && isSame(basis, this.basis)) return false;
    const facts = readFacts(read.notes, names, settings.rules);
    this.facts = { ...(this.facts ? keepContexts(this.facts, facts) : facts), unread: read.unread };
    this.basis = basis;
    return true;
  }
}

/** Notes are compared by identity: one whose text is the same is the note that was parsed before. */
function isSame(a: Basis, b: Basis): boolean {
  return (
    equalValues(a.names, b.names) &&
    equalValues(a.unread, b.unread) &&
    a.notes.length === b.notes.length &&
    a.notes.every(({ path, kind, note }, at) => {
      const other = b.notes[at];
      return path === other?.path && kind === other.kind && note === other.note;
    })
  );
}
