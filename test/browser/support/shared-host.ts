import type { PaneMode } from "../../host/host-window";
import { type Codemirror, type Host, openHost } from "./harness";

/** Notes to open, each beside the one before. */
type Open = readonly { readonly path: string; readonly mode?: PaneMode }[];

/** A host that the tests of one block share, since opening one takes longer than most of them. */
export interface SharedHost {
  /** Begins a test: no pane is open but those named, the vault holds these notes alone, and the plugin was loaded anew. */
  begin(vault: Readonly<Record<string, string>>, open: Open): Promise<Host>;
}

/** Shares one host among the tests of the block that calls this. After each test, an error in its page fails it. */
export function shareHost(codemirror: Codemirror): SharedHost {
  let host: Host | undefined;
  let known = 0;
  beforeAll(async () => {
    host = await openHost({ codemirror, vault: {} });
  });
  afterEach(() => {
    const errors = host?.errors().slice(known) ?? [];
    known += errors.length;
    expect(errors).toEqual([]);
  });
  afterAll(async () => {
    await host?.close();
  });
  return {
    async begin(vault, open) {
      if (host === undefined) throw new Error("The host is not open yet");
      const { page } = host;
      await page.evaluate(async () => {
        const { app, unloadPlugin, settled } = window.host;
        await unloadPlugin();
        for (const type of ["markdown", "empty"]) app.workspace.detachLeavesOfType(type);
        await settled();
        for (const file of app.vault.getFiles()) await app.vault.delete(file);
        await window.host.loadPlugin();
      });
      for (const [path, text] of Object.entries(vault)) await host.write(path, text);
      await host.settled();
      for (const [place, { path, mode = "live" }] of open.entries()) await host.open(path, { mode, split: place > 0 });
      await host.settled();
      return host;
    },
  };
}
