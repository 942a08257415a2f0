// A watch over a vault in memory, and the time that passes for it.
import { parseNote } from "../../src/core/note";
import { DEFAULT_SETTINGS, type Settings } from "../../src/settings";
import { FolderWatch } from "../../src/vault/folder-watch";
import { textsOf } from "../support/notation";
import { FakeApp } from "./fake-app";

/** The default names. */
export const NAMES = { backlog: "BACKLOG.md", todo: "TODO.md", archive: "ARCHIVE.md", index: "TASK_INDEX.md" } as const;

/** The notes of a folder by their paths, from a line of the notation. */
export function notesIn(folder: string, line: string): Readonly<Record<string, string>> {
  const texts = Object.entries(textsOf(line)).flatMap(([kind, text]) => {
    return text === null ? [] : [[`${folder}${NAMES[kind as keyof typeof NAMES]}`, text] as const];
  });
  return Object.fromEntries(texts);
}

/** The text of the backlog that a line of the notation stands for. */
export const backlogOf = (line: string): string => String(textsOf(line).backlog);
/** Lets so much time pass on the fake clock; a second is longer than anything waits. */
export const settle = (ms = 1000) => jest.advanceTimersByTimeAsync(ms);
/** How many notes were parsed since the last call; the test's file has to mock `parseNote`. */
export const takeParses = (): number => {
  const { calls } = jest.mocked(parseNote).mock;
  return calls.splice(0).length;
};

/** A watch under test. */
export interface Watching {
  readonly app: FakeApp;
  readonly watch: FolderWatch;
  /** Folders that the callbacks were told of since the last call. */
  readonly takeTold: () => readonly string[];
  apply(settings: Partial<Settings>): void;
}

/** A watch over a vault whose layout is ready. */
export function watchOver(texts: Readonly<Record<string, string>>, ready = true): Watching {
  const app = new FakeApp(texts);
  let settings = DEFAULT_SETTINGS;
  const watch = new FolderWatch(app, () => settings);
  const told: string[] = [];
  watch.subscribe((folder) => told.push(folder));
  watch.load();
  if (ready) app.workspace.becomeReady();
  takeParses();
  const apply = (changed: Partial<Settings>): void => {
    settings = { ...settings, ...changed };
    watch.settingsChanged();
  };
  return { app, watch, apply, takeTold: () => told.splice(0) };
}
