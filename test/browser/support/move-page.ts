// What the tests of moves in the app share: backlog folders on the disk, and a page in which moves are made by the app's own
// command line, which needs no hands and shows no modal.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import type { EditorView } from "@codemirror/view";
import { performMove } from "../../../src/core/move";
import { planSet, planTick } from "../../../src/core/values";
import { readNotes, writePlace } from "../../support/disk-place";
import type { MemoryPlace } from "../../support/memory-store";
import type { Scenario } from "../../support/move-scenarios";
import { NAMES, SCENARIOS } from "../../support/move-scenarios";
import { idOf } from "../../support/notation";
import { type Codemirror, type Host, type HostOptions, openHost } from "./harness";

/** How a call of the app's command line ended. */
export interface Called {
  /** The code of the refusal; null where there was none. `error`: the vault refused. */
  readonly refusal: string | null;
  /** What it said, as JSON or as a text. */
  readonly said: string;
}

/** A call: the command without the plugin's id, and its flags without the folder. */
export interface AppCall {
  readonly command: string;
  readonly flags?: Readonly<Record<string, string>>;
}

declare global {
  interface Window {
    /** What the calls say when they are over, by the names under which they were begun. */
    appCalls?: Record<string, Promise<string>>;
  }
}

const DAY = { today: "2026-02-05" };

/** The scenarios of the moves as calls of the app. */
export const APP_CALLS: Readonly<Record<string, AppCall>> = {
  promotion: { command: "promote" },
  "promotion that creates the todo note": { command: "promote" },
  "promotion that archives first": { command: "promote", flags: { "archive-done": "true" } },
  archival: { command: "archive" },
  return: { command: "return", flags: { id: idOf("b") } },
  undo: { command: "undo" },
  "undo of a promotion that archived": { command: "undo" },
  "undo of a return": { command: "undo" },
  "set of a status": { command: "set", flags: { id: idOf("b"), status: "blocked" } },
  "tick that is taken away": { command: "tick", flags: { id: idOf("b"), n: "1", untick: "true" } },
};

/** Moves that change one task where it is; the stores' own matrices leave them out. */
const TASK_SCENARIOS: Readonly<Record<string, Scenario>> = {
  "set of a status": changeTask((folder) => planSet(folder, idOf("b"), [{ field: "status", value: "blocked" }])),
  "tick that is taken away": changeTask((folder) => planTick(folder, idOf("b"), 1, false)),
};

function changeTask(plan: Parameters<typeof performMove>[2]): Scenario {
  return {
    line: "infra/high: a b c; docs/low: d | todo: w~ | index: b/backlog",
    earlier: [],
    run: (store) => performMove(store, NAMES, plan, DAY),
  };
}

/** The scenario of a name. */
export function scenarioOf(name: string): Scenario {
  const scenario = SCENARIOS[name] ?? TASK_SCENARIOS[name];
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  return scenario;
}

/** A page over a vault of backlog folders. */
export class MovePage {
  private constructor(readonly host: Host) {}

  /** A page over an empty vault; `options` say more. */
  static async open(codemirror: Codemirror, options: Partial<HostOptions> = {}): Promise<MovePage> {
    return new MovePage(await openHost({ codemirror, vault: { "Other.md": "other\n" }, ...options }));
  }

  private get graveyard(): string {
    return join(this.host.vaultPath, "..", "buried");
  }

  /** The place of a folder on the disk. */
  pathOf(folder: string): string {
    return join(this.host.vaultPath, folder);
  }

  /** Puts a backlog folder into the vault, states included; `settled` or a call that waits makes the page know it. */
  addFolder(folder: string, place: MemoryPlace): void {
    mkdirSync(this.pathOf(folder), { recursive: true });
    writePlace(this.pathOf(folder), place);
  }

  /** Waits until the app knows of a folder and these notes in it, or that there is none of it any more where none is named. */
  async hear(folder: string, names: readonly string[]): Promise<void> {
    await this.host.page.evaluate(
      async ([place, notes]) => {
        const { vault } = window.host.app;
        const isHeard = (): boolean =>
          notes.length === 0
            ? vault.getFolderByPath(place) === null
            : notes.every((name) => vault.getFileByPath(`${place}/${name}`) !== null);
        while (!isHeard()) await new Promise((resolve) => window.setTimeout(resolve, 5));
      },
      [folder, names] as const,
    );
  }

  /** The texts of a folder's notes on the disk, by name. */
  notes(folder: string): Record<string, string> {
    return readNotes(this.pathOf(folder));
  }

  /** Begins a call and does not wait for it; `ended` does. */
  async begin(folder: string, { command, flags = {} }: AppCall, name = folder): Promise<void> {
    await this.host.page.evaluate(
      ([called, given, as]) => {
        window.appCalls ??= {};
        window.appCalls[as] = window.host
          .runCli(`backlog-cards:${called}`, given)
          .catch((error: unknown) => `error: ${String(error)}`);
      },
      [command, { ...DAY, ...flags, folder, json: "true" }, name] as const,
    );
  }

  /** Waits for a call that was begun; of a page that ends meanwhile it never resolves. */
  async ended(name: string): Promise<Called> {
    const said = await this.host.page.evaluate((as) => window.appCalls?.[as] ?? "", name).catch(() => null);
    return said === null ? new Promise(() => undefined) : readCall(said);
  }

  /** Makes a call and waits for it. */
  async call(folder: string, call: AppCall): Promise<Called> {
    await this.begin(folder, call);
    return this.ended(folder);
  }

  /** Shows notes of a folder in panes of their own, and no others. What is unsaved in the others is left to the app. */
  async show(folder: string, names: readonly string[], mode: "live" | "reading" = "live"): Promise<void> {
    await this.closeAll();
    for (const [at, name] of names.entries()) {
      await this.host.open(`${folder}/${name}`, { mode, split: at > 0 });
    }
  }

  /** Closes every pane, without waiting for what the disk says. */
  async closeAll(): Promise<void> {
    await this.host.page.evaluate(() => window.host.app.workspace.detachLeavesOfType("markdown"));
  }

  /** Types at the end of a line of the note that a pane shows, as an edit of a person's; it is not saved. */
  async typeAt(pane: number, line: number, text: string): Promise<void> {
    await this.host.page.evaluate(
      ([place, number, typed]) => {
        const { cm } = window.host.views()[place]?.editor as unknown as { cm: EditorView };
        const { to } = cm.state.doc.line(number);
        cm.dispatch({ changes: { from: to, insert: typed }, userEvent: "input.type" });
      },
      [pane, line, text] as const,
    );
  }

  /** Has everything saved that is typed, and waits for rest. */
  async saveAll(): Promise<void> {
    await this.host.page.evaluate(async () => {
      for (const view of window.host.views()) {
        const disk = view.file && (await window.host.app.vault.adapter.read(view.file.path).catch(() => null));
        if (disk !== null && disk.replace(/\r\n?/g, "\n") !== view.editor.getValue()) await view.save();
      }
    });
    await this.host.settled();
  }

  /** The texts that the panes show, by path. Throws where two panes of one note differ. */
  async shown(): Promise<Readonly<Record<string, string>>> {
    const texts = await this.host.page.evaluate(() =>
      window.host.views().map((view) => [view.file?.path ?? "", view.editor.getValue()] as const),
    );
    const shown: Record<string, string> = {};
    for (const [path, text] of texts) {
      if (shown[path] !== undefined && shown[path] !== text) throw new Error(`two panes of ${path} differ`);
      shown[path] = text;
    }
    return shown;
  }

  /**
   * Ends what was at work in a folder that the disk's faults have made dead: the folder is put away until `reopen`, so that nothing
   * asks after it, and the plugin is loaded anew, which forgets what it was about. So a page dies a hundred times for the cost of one.
   */
  async bury(folder: string): Promise<void> {
    this.host.faults.forgive();
    await this.closeAll();
    mkdirSync(this.graveyard, { recursive: true });
    renameSync(this.pathOf(folder), join(this.graveyard, folder));
    await this.hear(folder, []);
    await this.host.page.evaluate(async () => {
      await window.host.unloadPlugin();
      await window.host.loadPlugin();
    });
  }

  /** Removes the folders that were buried and not seen since. */
  forgetBuried(): void {
    rmSync(this.graveyard, { recursive: true, force: true });
  }

  /** Really ends the page and opens another; the folders are where they were. */
  async reopen(): Promise<void> {
    await this.host.page.close({ runBeforeUnload: false });
    if (existsSync(this.graveyard)) {
      for (const name of readdirSync(this.graveyard)) renameSync(join(this.graveyard, name), this.pathOf(name));
    }
    await this.host.reopen();
  }

  /** Lets the locks that were left in a folder grow old: nobody is there any more who would write them again. */
  ageLocks(folder: string): void {
    const states = join(this.pathOf(folder), ".backlog-cards");
    if (!existsSync(states)) return;
    const then = new Date(Date.now() - 60_000);
    for (const name of readdirSync(states).filter((each) => each.startsWith("app-lock"))) {
      utimesSync(join(states, name), then, then);
    }
  }

  /** Ends the page and says what went wrong in it. */
  async close(): Promise<readonly string[]> {
    const errors = [...this.host.errors()];
    await this.host.close();
    return errors;
  }
}

function readCall(said: string): Called {
  if (!said.startsWith("{")) return { refusal: "error", said };
  const { refusal, error } = JSON.parse(said) as { refusal?: { code: string } | null; error?: { code: string } };
  return { refusal: refusal?.code ?? error?.code ?? null, said };
}
