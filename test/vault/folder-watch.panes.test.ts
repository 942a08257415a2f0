// Pins that what is known of a folder is right again when a pane that showed another note has filled up: until then its editor
// holds the other note's text, which looks like something typed.
import { notesIn, settle, watchOver } from "./watching";

jest.mock("obsidian", () => jest.requireActual<object>("./fake-obsidian"), { virtual: true });
jest.mock("../../src/core/note", () => {
  const actual = jest.requireActual<object>("../../src/core/note");
  return { ...actual, parseNote: jest.fn((actual as { parseNote: () => unknown }).parseNote) };
});

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** A folder that was read while a pane was to show its backlog and still held another note's text. */
async function startWhileFilling() {
  const watching = watchOver({ ...notesIn("", "infra/high: a b! | todo: c"), "plain.md": "# Plain\n" });
  const { app, watch } = watching;
  const fill = app.reuse(app.open("plain.md"), "BACKLOG.md");
  watch.contextOf("BACKLOG.md");
  await settle();
  watching.takeTold();
  return { ...watching, fill };
}

const right = { open: 3, incomplete: 1 };

test("the pane at hand: when its note is open", async () => {
  const { app, watch, fill, takeTold } = await startWhileFilling();
  fill();
  app.workspace.trigger("file-open", app.vault.getFileByPath("BACKLOG.md"));
  await settle(1);
  await settle(1);
  expect([watch.knownFacts("")?.counts, takeTold()]).toEqual([right, [""]]);
});

test("a pane in the background: when the layout is as it is to be", async () => {
  const { app, watch, fill, takeTold } = await startWhileFilling();
  fill();
  app.workspace.trigger("layout-change");
  await settle(1);
  await settle(1);
  expect([watch.knownFacts("")?.counts, takeTold()]).toEqual([right, [""]]);
});

test("what was typed into a note that no pane shows any more, and was never saved, no longer counts", async () => {
  const { app, watch } = watchOver({ ...notesIn("", "infra/high: a b! | todo: c"), "plain.md": "# Plain\n" });
  const view = app.open("BACKLOG.md");
  watch.contextOf("BACKLOG.md");
  app.workspace.trigger("file-open", view.file);
  app.type(view, "# Backlog\n");
  await settle();
  expect(watch.knownFacts("")?.counts.open).toBe(1);
  app.reuse(view, "plain.md")();
  app.workspace.trigger("file-open", view.file);
  await settle();
  expect(watch.knownFacts("")?.counts).toEqual(right);
});

test("another layout alone changes nothing and tells nobody", async () => {
  const { app, fill, takeTold } = await startWhileFilling();
  fill();
  app.workspace.trigger("layout-change");
  await settle();
  takeTold();
  app.workspace.trigger("layout-change");
  app.workspace.trigger("file-open", null);
  await settle();
  expect(takeTold()).toEqual([]);
});
