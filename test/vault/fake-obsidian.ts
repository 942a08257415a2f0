// The classes that `src/vault` gets from `obsidian`, as far as a process without a page can have them.
import "./fake-window";
import type * as api from "obsidian";

export { Component } from "../host/obsidian/component";

abstract class FakeAbstractFile {
  parent: FakeFolder | null = null;

  constructor(
    readonly vault: api.Vault,
    public path: string,
  ) {}

  get name(): string {
    return this.path.slice(this.path.lastIndexOf("/") + 1);
  }
}

/** A file; the same object as long as it is there, also after a rename. */
export class FakeFile extends FakeAbstractFile implements api.TFile {
  stat = { ctime: 0, mtime: 0, size: 0 };

  get basename(): string {
    return this.name.replace(/\.[^.]*$/, "");
  }

  get extension(): string {
    return this.name.slice(this.name.lastIndexOf(".") + 1);
  }
}

/** A folder; the root's path is `/`. */
export class FakeFolder extends FakeAbstractFile implements api.TFolder {
  children: FakeAbstractFile[] = [];

  isRoot(): boolean {
    return this.path === "/";
  }
}

/** A pane that shows a note: its text, without carriage returns as an editor holds it, and whether it is being edited. */
export class FakeMarkdownView {
  mode: "source" | "preview" = "source";
  data: string;
  text: string;
  readonly editor = { getValue: (): string => this.text };

  constructor(
    public file: FakeFile | null,
    text: string,
  ) {
    this.text = this.data = "";
    this.fill(text);
  }

  /** Shows the text of another note. */
  fill(text: string): void {
    this.text = text.replace(/\r\n?/g, "\n");
    this.data = this.text;
  }

  getMode(): "source" | "preview" {
    return this.mode;
  }
}

export { FakeFile as TFile, FakeFolder as TFolder, FakeMarkdownView as MarkdownView };
