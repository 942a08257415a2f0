// The contract of a plugin's life, as far as ours relies on it: what it registers and what of it is left when it unloads, its
// `data.json`, the command line. Each test names the behaviour and, in brackets, where it is known from.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "obsidian";
import { CODEMIRRORS, type Host, openHost } from "./support/harness";

const DATA = ".obsidian/plugins/other/data.json";

/** What the tests keep in the page from one call to the next. */
interface Kept {
  other: Plugin;
  heard: string[];
}

declare const kept: Kept;

describe.each(CODEMIRRORS)("a plugin, over CodeMirror %s", (codemirror) => {
  let host: Host;

  beforeAll(async () => {
    host = await openHost({ codemirror, vault: { "a.md": "# A\n" }, open: [{ path: "a.md" }] });
  });

  afterAll(() => host.close());

  beforeEach(() =>
    host.page.evaluate(() => {
      const { app, modules } = window.host;
      const heard: string[] = [];
      class Other extends modules.obsidian.Plugin {
        override onExternalSettingsChange(): void {
          heard.push("settings");
        }
      }
      const manifest = {
        id: "other",
        name: "Other",
        author: "",
        version: "1.0.0",
        minAppVersion: "1.13.0",
        description: "",
      };
      const other = new Other(app, { ...manifest, dir: ".obsidian/plugins/other" });
      Object.assign(window, { kept: { other, heard } satisfies Kept });
      other.load();
    }),
  );

  afterEach(() => host.page.evaluate(() => kept.other.unload()));

  test("what it registers ends with the unload, the last first (typings of Component)", async () => {
    const [before, during, after, order] = await host.page.evaluate(() => {
      const { app, traces } = window.host;
      const start = traces();
      const ended: string[] = [];
      const { other } = kept;
      other.register(() => ended.push("first"));
      other.registerEvent(app.workspace.on("layout-change", () => undefined));
      other.registerDomEvent(document, "keydown", () => undefined);
      other.registerInterval(window.setInterval(() => undefined, 1000));
      other.addCommand({ id: "act", name: "Act", callback: () => undefined });
      other.addStatusBarItem();
      other.register(() => ended.push("last"));
      const middle = traces();
      other.unload();
      return [start, middle, traces(), ended] as const;
    });
    for (const kind of ["timers", "listeners", "events", "commands"] as const)
      expect(during[kind]).toBe(before[kind] + 1);
    expect(after).toEqual(before);
    expect(order).toEqual(["last", "first"]);
    expect(await host.page.locator(".status-bar-item.plugin-other").count()).toBe(0);
  });

  test("a command has the plugin's id and name before its own, and asks before it is offered (typing of Command)", async () => {
    const [id, name, offered, refused, ran] = await host.page.evaluate(() => {
      const calls: boolean[] = [];
      let possible = false;
      const command = kept.other.addCommand({
        id: "act",
        name: "Act",
        checkCallback: (checking) => {
          calls.push(checking);
          return possible;
        },
      });
      const run = (): Promise<string> =>
        window.host.command("other:act").then(
          () => "ran",
          (error: unknown) => (error as Error).message,
        );
      return run().then(async (first) => {
        possible = true;
        calls.length = 0;
        return [command.id, command.name, await run().then(() => calls), first, await run()] as const;
      });
    });
    expect([id, name]).toEqual(["other:act", "Other: Act"]);
    expect(offered).toEqual([true, false, true, false]);
    expect(refused).toBe('The command "other:act" cannot be run now.');
    expect(ran).toBe("ran");
  });

  test("an editor command is given the editor at hand and its view (typing of Command)", async () => {
    const given = await host.page.evaluate(async () => {
      let text: string | undefined;
      kept.other.addCommand({
        id: "edit",
        name: "Edit",
        editorCallback: (editor, view) => {
          text = `${editor.getValue()}${view.file?.path ?? ""}`;
        },
      });
      await window.host.command("other:edit");
      return text;
    });
    expect(given).toBe("# A\na.md");
  });

  test("data.json is read and written as JSON beside the plugin, null where there is none (typing of Plugin.loadData)", async () => {
    const [none, again] = await host.page.evaluate(async () => {
      const first: unknown = await kept.other.loadData();
      await kept.other.saveData({ limit: 5 });
      return [first, (await kept.other.loadData()) as unknown];
    });
    expect([none, again]).toEqual([null, { limit: 5 }]);
    expect(JSON.parse(await host.read(DATA))).toEqual({ limit: 5 });
    await rm(join(host.vaultPath, DATA));
  });

  test("a data.json that is no JSON makes loadData reject, and stays as it is", async () => {
    await host.write(DATA, "{ limit: ");
    expect(
      await host.page.evaluate(() =>
        kept.other.loadData().then(
          () => "read",
          (error: unknown) => (error as Error).name,
        ),
      ),
    ).toBe("SyntaxError");
    expect(await host.read(DATA)).toBe("{ limit: ");
    await rm(join(host.vaultPath, DATA));
  });

  test("another program's change of data.json is told of, the plugin's own is not (typing of onExternalSettingsChange)", async () => {
    await host.page.evaluate(() => kept.other.saveData({ limit: 5 }));
    await host.settled();
    expect(await host.page.evaluate(() => kept.heard)).toEqual([]);
    await host.write(DATA, '{"limit":6}');
    await host.settled();
    expect(await host.page.evaluate(() => kept.heard)).toEqual(["settings"]);
    await rm(join(host.vaultPath, DATA));
  });

  test("a command of the command line is called with strings and gives a string; twice is an error (EDITOR.md, API to use)", async () => {
    const [printed, twice, gone] = await host.page.evaluate(async () => {
      const { other } = kept;
      other.registerCliHandler("other:say", "Says", null, ({ word }) => `said ${String(word)}`);
      const first = await window.host.runCli("other:say", { word: "hello" });
      let second = "";
      try {
        other.registerCliHandler("other:say", "Says", null, () => "");
      } catch (error) {
        second = String(error);
      }
      other.unload();
      return [first, second, await window.host.runCli("other:say").catch((error: unknown) => (error as Error).message)];
    });
    expect(printed).toBe("said hello");
    expect(twice).toBe('Error: The command "other:say" is registered already.');
    expect(gone).toBe('The command line has no "other:say".');
  });

  test("flags of the command line are known with their descriptions, and come as strings, `true` where they have no value (typings of CliFlag, CliData)", async () => {
    const [given, failed] = await host.page.evaluate(async () => {
      const flags = { folder: { value: "<path>", description: "Where" }, "dry-run": { description: "Only look" } };
      kept.other.registerCliHandler("other:do", "Does", flags, (params) => JSON.stringify(params));
      kept.other.registerCliHandler("other:fail", "Fails", null, async () => Promise.reject(new Error("no")));
      const said = await window.host.runCli("other:do", { folder: "a b", "dry-run": "true" });
      return [said, await window.host.runCli("other:fail").catch((error: unknown) => (error as Error).message)];
    });
    expect([given, failed]).toEqual(['{"folder":"a b","dry-run":"true"}', "no"]);
  });

  test("an array of editor extensions may be changed later, and counts after updateOptions (typing of registerEditorExtension)", async () => {
    const seen = await host.page.evaluate(() => {
      const { app, modules } = window.host;
      const { EditorView } = modules["@codemirror/view"];
      const extensions = [EditorView.editorAttributes.of({ "data-first": "1" })];
      kept.other.registerEditorExtension(extensions);
      const read = (): string => Object.keys(document.querySelector<HTMLElement>(".cm-editor")?.dataset ?? {}).join();
      const first = read();
      extensions.splice(0, 1, EditorView.editorAttributes.of({ "data-second": "1" }));
      const unchanged = read();
      app.workspace.updateOptions();
      const second = read();
      kept.other.unload();
      return [first, unchanged, second, read()];
    });
    expect(seen).toEqual(["first", "first", "second", ""]);
  });

  test("there is one instance of each CodeMirror package, the version that the suite runs over", async () => {
    const same = await host.page.evaluate(() => {
      const { app, modules } = window.host;
      const { EditorState } = modules["@codemirror/state"];
      const view = app.workspace.activeEditor?.editor as unknown as { cm: { state: unknown } };
      return [view.cm instanceof modules["@codemirror/view"].EditorView, view.cm.state instanceof EditorState];
    });
    expect(same).toEqual([true, true]);
  });

  test("nothing of this left an error on the console", () => {
    expect(host.errors()).toEqual([]);
  });
});
