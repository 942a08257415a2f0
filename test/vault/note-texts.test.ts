// Pins which text of a note counts: what is typed and not yet saved comes before the disk, and nothing else does. A count or a
// finding from another text is wrong; a move that trusted it would lose what was typed.
import type { TFile } from "obsidian";
import { readNoteText } from "../../src/vault/note-texts";
import { FakeApp } from "./fake-app";

jest.mock("obsidian", () => jest.requireActual<object>("./fake-obsidian"), { virtual: true });

const read = (app: FakeApp, path = "a.md") => readNoteText(app, app.vault.getFileByPath(path) as unknown as TFile);

test("a note that is open nowhere has the text of the disk, byte-order mark and line ends as they are", async () => {
  expect(await read(new FakeApp({ "a.md": "\ufeffone\r\ntwo\n" }))).toBe("\ufeffone\r\ntwo\n");
});

describe("a note that is open", () => {
  test("has the text that was typed, until it is saved", async () => {
    const app = new FakeApp({ "a.md": "one\n", "b.md": "other\n" });
    const view = app.open("a.md");
    app.open("b.md");
    app.type(view, "one, typed\n");
    expect(await read(app)).toBe("one, typed\n");
    expect(await read(app, "b.md")).toBe("other\n");
    app.vault.write("a.md", "one, typed\n");
    expect(await read(app)).toBe("one, typed\n");
  });

  test("has the line ends of the disk where nothing was typed: an editor holds none of them", async () => {
    const app = new FakeApp({ "a.md": "one\r\ntwo\r" });
    const view = app.open("a.md");
    expect(view.text).toBe("one\ntwo\n");
    expect(await read(app)).toBe("one\r\ntwo\r");
    app.type(view, "one\ntwo\nthree\n");
    expect(await read(app)).toBe("one\ntwo\nthree\n");
  });

  test("in two panes has the text of the one in which something was typed, of both the active one's", async () => {
    const app = new FakeApp({ "a.md": "one\n" });
    const [first, second] = [app.open("a.md"), app.open("a.md")];
    app.type(second, "second\n");
    expect(await read(app)).toBe("second\n");
    app.type(first, "first\n");
    app.workspace.active = second;
    expect(await read(app)).toBe("second\n");
    app.workspace.active = first;
    expect(await read(app)).toBe("first\n");
  });

  test("that was emptied is empty", async () => {
    const app = new FakeApp({ "a.md": "one\n" });
    app.type(app.open("a.md"), "");
    expect(await read(app)).toBe("");
  });

  test("has the text of the disk while its pane is still being filled", async () => {
    const app = new FakeApp({ "a.md": "one\n" });
    const view = app.open("a.md");
    Object.assign(view, { text: "", data: "" });
    expect(await read(app)).toBe("one\n");
  });

  test("in reading view has the text of the disk, as in a pane that was never shown and in one of another kind", async () => {
    const app = new FakeApp({ "a.md": "one\n" });
    const view = app.open("a.md");
    view.mode = "preview";
    view.text = "as it was before\n";
    app.workspace.views.push({ file: view.file, editor: { getValue: () => "no such view\n" } });
    expect(await read(app)).toBe("one\n");
  });
});

describe("a note whose text holds U+FFFD", () => {
  test("has none where the disk holds no valid UTF-8, also while it is open", async () => {
    const app = new FakeApp();
    app.vault.write("a.md", new Uint8Array([97, 0xff, 10]));
    expect(await read(app)).toBeNull();
    app.type(app.open("a.md"), "typed");
    expect(await read(app)).toBeNull();
  });

  test("has its text where the disk holds that character", async () => {
    expect(await read(new FakeApp({ "a.md": "a \ufffd\n" }))).toBe("a \ufffd\n");
  });
});

test("a note that the disk refuses has an error, not an empty text", async () => {
  const app = new FakeApp({ "a.md": "one\n" });
  app.vault.refused.add("a.md");
  await expect(read(app)).rejects.toThrow("the disk refuses a.md");
});
