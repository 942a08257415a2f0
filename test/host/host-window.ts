import type * as commands from "@codemirror/commands";
import type * as language from "@codemirror/language";
import type * as state from "@codemirror/state";
import type * as view from "@codemirror/view";
import type * as api from "obsidian";
import type { App, MarkdownView, Plugin, WorkspaceLeaf } from "obsidian";

/** How a pane shows its note. */
export type PaneMode = "live" | "source" | "reading";

/** Where and how a note is opened. */
export interface PaneOptions {
  /** Live preview where it is left out. */
  readonly mode?: PaneMode;
  /** In a new pane beside the active one. */
  readonly split?: boolean;
  /** In a window of its own. */
  readonly popout?: boolean;
}

/** What the plugin holds of the page that outlives a note: what a test compares before a load and after an unload. */
export interface Traces {
  /** Timeouts that have not run and intervals, of the page and its pop-outs. */
  readonly timers: number;
  /** Listeners at windows and documents, at the body, and media queries. */
  readonly listeners: number;
  /** Subscriptions at workspace, vault and metadata cache. */
  readonly events: number;
  /** Commands. */
  readonly commands: number;
  /** Elements of all documents whose class or id begins with the plugin's prefix `backlog-`, and its style sheet. */
  readonly elements: number;
}

/** What the page offers to tests and to whoever opens its console, as `window.host`. */
export interface HostWindow {
  readonly app: App;
  /** The plugin at work; null while it is not loaded. */
  readonly plugin: Plugin | null;
  /** What the plugin may require, for tests that stand in for a plugin. */
  readonly modules: {
    readonly obsidian: typeof api;
    readonly "@codemirror/commands": typeof commands;
    readonly "@codemirror/language": typeof language;
    readonly "@codemirror/state": typeof state;
    readonly "@codemirror/view": typeof view;
  };
  /** The views of all panes, pop-outs last. */
  views(): readonly MarkdownView[];
  /** Opens a note and makes its pane the active one. Rejects where there is no such note. */
  open(path: string, options?: PaneOptions): Promise<void>;
  /** Runs a command by its full id (`backlog-cards:next-task`). Rejects where there is none or it cannot be run now. */
  command(id: string): Promise<void>;
  /** Loads the plugin, as when a person enables it. Does nothing where it is loaded. */
  loadPlugin(): Promise<void>;
  /** Unloads the plugin, as when a person disables it. */
  unloadPlugin(): Promise<void>;
  /** Calls what the plugin registered for the app's command line; resolves with what it would print. */
  runCli(command: string, flags?: Readonly<Record<string, string>>): Promise<string>;
  /** Opens an editor that shows no note, as a cell of a canvas has one. */
  embedEditor(text: string): view.EditorView;
  /** A tab behind the active one, whose view is not made before it is looked at. Throws where there is no such note. */
  openDeferred(path: string): WorkspaceLeaf;
  /** Renders a note as for a PDF; resolves with the element, which the next print takes out. */
  print(path: string): Promise<HTMLElement>;
  /** Shows a note as when a link to it is hovered; resolves with the popover, which stays. */
  hover(path: string): Promise<HTMLElement>;
  /**
   * Resolves when the page is at rest: told of all that has changed on the disk by now, nothing on its way to or from there, no
   * timeout of at most a second pending (the editor's save after two seconds is not waited for), and two frames drawn. Rejects
   * after ten seconds.
   */
  settled(): Promise<void>;
  setTheme(theme: "light" | "dark"): void;
  /** What is held at the moment. */
  traces(): Traces;
  /** The calls of the plugin's `onload`, in milliseconds, first to last: until it returned or, asynchronous, first waited. */
  readonly onloadTimes: readonly number[];
}

declare global {
  interface Window {
    host: HostWindow;
    /** Resolves when the layout is ready; rejects where the page could not start. */
    hostStarted: Promise<void>;
  }
}
