// Pins which folder a command is about: that of the note at hand, else the only one, else the one that is chosen from a list
// with the last used first, also after the app was closed; in a vault of many folders it is the right one.
import { idOf } from "../support/notation";
import { findBarriers } from "./support/axe";
import { writeBacklogFolder } from "./support/backlog-vault";
import { CODEMIRRORS, openHost, type Host } from "./support/harness";
import { activePath, awaitNotice, choose, readNotices } from "./support/command-page";

const names = Array.from({ length: 30 }, (_, at) => `clients/project ${String(at + 1).padStart(2, "0")}`);
const line = (at: number) => `infra/high: a${at} | todo: e${at}+`;
const MANY: Readonly<Record<string, string>> = {
  ...Object.assign({}, ...names.map((name, at) => writeBacklogFolder(name, line(at)))),
  ...writeBacklogFolder("clients", "infra/high: c | todo: d+"),
  "plain.md": "# Plain\n",
};
const COMMAND = "Archive finished tasks";

describe.each(CODEMIRRORS)("the folder of a command, over CodeMirror %s", (codemirror) => {
  let host: Host;

  const open = async (vault: Readonly<Record<string, string>>, path: string): Promise<void> => {
    host = await openHost({ codemirror, vault, open: [{ path }] });
    await host.settled();
  };
  const listed = () => host.page.locator(".prompt .suggestion-item").allTextContents();
  /** Folders in which something was archived. */
  const listChanged = async (): Promise<readonly string[]> => {
    const changed = await Promise.all(
      [...names, "clients"].map(async (name) => {
        const path = `${name}/TODO.md`;
        return (await host.read(path)) === MANY[path] ? [] : [name];
      }),
    );
    return changed.flat();
  };

  afterEach(async () => {
    expect(host.errors()).toEqual([]);
    await host.close();
  });

  test("is that of the note at hand, among thirty", async () => {
    await open(MANY, `${String(names[16])}/BACKLOG.md`);
    await choose(host, COMMAND);
    await awaitNotice(host, "1 task archived in ARCHIVE.md");
    expect(await readNotices(host)).toHaveLength(1);
    expect(await listChanged()).toEqual([names[16]]);
    expect(await host.read(`${String(names[16])}/ARCHIVE.md`)).toContain(idOf("e16"));
  });

  test("of a move from a note's own folder is the first of the list afterwards", async () => {
    await open(MANY, `${String(names[4])}/TODO.md`);
    await choose(host, COMMAND);
    await awaitNotice(host, "1 task archived in ARCHIVE.md");
    await host.open("plain.md");
    await choose(host, COMMAND);
    expect((await listed())[0]).toBe(names[4]);
    await host.page.keyboard.press("Escape");
  });

  test("elsewhere is chosen from a list, and the last used one is the first of it", async () => {
    await open(MANY, "plain.md");
    await choose(host, COMMAND);
    expect(await listed()).toHaveLength(31);
    expect((await listed())[0]).toBe("clients");
    expect(await findBarriers(host.page)).toEqual([]);
    await host.page.keyboard.type("23");
    await host.page.keyboard.press("Enter");
    await host.page.getByText(`1 task archived in ${String(names[22])}/ARCHIVE.md`).waitFor();
    expect(await listChanged()).toEqual([names[22]]);
    await choose(host, "Undo last move");
    expect((await listed())[0]).toBe(names[22]);
    await host.page.keyboard.press("Escape");
    await host.reopen([{ path: "plain.md" }]);
    await host.settled();
    await choose(host, "Undo last move");
    expect((await listed())[0]).toBe(names[22]);
    await host.page.keyboard.press("Enter");
    await host.page.getByText("The last move was taken back").waitFor();
    expect(await listChanged()).toEqual([]);
  });

  test("Open leads to the note of the folder that was chosen", async () => {
    await open(MANY, "plain.md");
    await choose(host, COMMAND);
    await host.page.keyboard.type("clients/project 05");
    await host.page.keyboard.press("Enter");
    await host.page.getByRole("button", { name: "Open", exact: true }).click();
    await host.settled();
    expect(await activePath(host)).toBe("clients/project 05/ARCHIVE.md");
  });

  test("is the only one of the vault without a question", async () => {
    const vault = { ...writeBacklogFolder("only", "infra/high: a | todo: e+"), "plain.md": "# Plain\n" };
    await open(vault, "plain.md");
    await choose(host, COMMAND);
    await awaitNotice(host, "1 task archived in only/ARCHIVE.md");
    expect(await readNotices(host)).toHaveLength(1);
  });

  test("may be the vault itself", async () => {
    const vault = writeBacklogFolder("x", "infra/high: a | todo: e+");
    const root = Object.fromEntries(Object.entries(vault).map(([path, text]) => [path.slice(2), text]));
    await open(root, "TODO.md");
    await choose(host, COMMAND);
    await awaitNotice(host, "1 task archived in ARCHIVE.md");
    expect(await readNotices(host)).toHaveLength(1);
    expect(await host.read("ARCHIVE.md")).toContain(idOf("e"));
    await host.read(".backlog-cards/ledger/000001.json");
  });
});
