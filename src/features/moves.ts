import type { App } from "obsidian";
import type { BacklogFolder, NoteNames } from "../core/folder";
import type { LiveEditors } from "../editor/live-editors";
import type { MovedTexts } from "../editor/moved-texts";
import { JOURNAL } from "../core/journal";
import { performMove, readFolder, refuseMove, refusePending, type MoveOutcome, type PlanMaker } from "../core/move";
import { recoverMove, type RecoverOutcome, type RecoverRequest } from "../core/recover";
import type { Refusal } from "../core/refusal";
import { readRules, type RulesInForce } from "../core/rules";
import { undoMove } from "../core/undo";
import { findNames } from "../vault/folders";
import { createVaultStore, type VaultStore } from "../vault/vault-store";
import { findEditor } from "./panes";
import type { SettingsStore } from "./settings-store";

/** A backlog folder as it stands, what is typed included, with the rules in force; or why it can't be read. */
export type StandingFolder =
  | { readonly folder: BacklogFolder; readonly rules: RulesInForce; readonly refusal: null }
  | { readonly folder: null; readonly refusal: Refusal };

/** The moves of the vault's backlog folders, one at a time. Folders are named by their paths, "" for the vault itself. */
export class Moves {
  private readonly stores = new Map<string, VaultStore>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly parts: {
      readonly app: App;
      readonly store: SettingsStore;
      readonly editors: LiveEditors;
      readonly texts: MovedTexts;
    },
  ) {}

  /** The folder as a store: the same one each time. */
  storeOf(folder: string): VaultStore {
    const known = this.stores.get(folder);
    if (known) return known;
    const { app, texts } = this.parts;
    const store = createVaultStore(
      app,
      folder,
      (view) => findEditor(this.parts, view),
      (path, expected) => texts.expect(path, expected),
    );
    this.stores.set(folder, store);
    return store;
  }

  /** The companions of a folder under the settings. */
  namesOf(folder: string): NoteNames {
    return findNames(this.parts.app.vault, folder, this.parts.store.settings.names);
  }

  /** The folder as it stands. Nothing is written. Rejects with a StoreError where the vault refuses. */
  async readFolder(folder: string): Promise<StandingFolder> {
    const read = await this.inTurn(() => readFolder(this.storeOf(folder), this.namesOf(folder)));
    if (read.refusal) return read;
    return { ...read, rules: readRules(read.folder.backlog, {}, this.parts.store.settings.rules) };
  }

  /** What a move would do; nothing is written. Rejects with a StoreError where the vault refuses. */
  async preview(folder: string, makePlan: PlanMaker): Promise<MoveOutcome> {
    const request = { today: today(), dryRun: true };
    return this.inTurn(() => performMove(this.storeOf(folder), this.namesOf(folder), makePlan, request));
  }

  /** Makes a move. Rejects with a StoreError where the vault refuses: what was written is then taken back. */
  async perform(folder: string, makePlan: PlanMaker): Promise<MoveOutcome> {
    return this.write(folder, (store) => performMove(store, this.namesOf(folder), makePlan, { today: today() }));
  }

  /** Takes the last move back; given a number of the ledger, that move alone. Rejects as `perform` does. */
  async undo(folder: string, number?: number): Promise<MoveOutcome> {
    const request = { today: today(), ...(number === undefined ? {} : { number }) };
    return this.write(folder, (store) => undoMove(store, this.namesOf(folder), request));
  }

  /** Ends an interrupted move. Rejects as `perform` does. */
  async recover(folder: string, request: RecoverRequest): Promise<RecoverOutcome> {
    return this.inTurn(() => recoverMove(this.storeOf(folder), this.namesOf(folder), request));
  }

  /**
   * Makes a move, but not while another was interrupted: the lock alone would put back a note that was cut off, before the person
   * has said what is to become of that move.
   */
  private write(folder: string, act: (store: VaultStore) => Promise<MoveOutcome>): Promise<MoveOutcome> {
    return this.inTurn(async () => {
      const store = this.storeOf(folder);
      const isPending = (await store.readState(JOURNAL)) !== null && (await store.findLock()) === null;
      return isPending ? refuseMove(refusePending()) : act(store);
    });
  }

  /** Does something when no move is under way here, and none begins before it ends. Rejects as it does. */
  async inTurn<T>(action: () => Promise<T>): Promise<T> {
    const run = this.last.then(action);
    this.last = run.catch(() => undefined);
    return run;
  }
}

/** The day on this device's calendar, YYYY-MM-DD. */
export function today(): string {
  const now = new Date();
  const [month, day] = [now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0"));
  return `${now.getFullYear()}-${month}-${day}`;
}
