// Pins which backlog folder a note belongs to and what it is there (FORMAT.md §1). A vault holds many folders, and a command
// that acts on the wrong one moves the wrong tasks.
import type { TFile } from "obsidian";
import { DEFAULT_NAMES, type NoteNames } from "../../src/core/folder";
import {
  findNames,
  findPlace,
  folderOf,
  isBelow,
  joinPath,
  listBacklogFolders,
  listOwners,
  type VaultFiles,
} from "../../src/vault/folders";

function filesOf(...paths: readonly string[]): VaultFiles {
  const files = new Map(paths.map((path) => [path, { path } as unknown as TFile]));
  return { getFileByPath: (path) => files.get(path) ?? null, getMarkdownFiles: () => [...files.values()] };
}

const place = (path: string, files: VaultFiles, names: Partial<NoteNames> = {}): string | null => {
  const found = findPlace(files, path, { ...DEFAULT_NAMES, ...names });
  return found && `${found.folder} > ${found.note}: ${found.kind}`;
};

describe("a note's backlog folder", () => {
  const files = filesOf("BACKLOG.md", "a/BACKLOG.md", "a/ARCHIVE/ARCHIVE.md", "a/docs/guide.md", "b/notes.md");

  test.each([
    ["BACKLOG.md", " > BACKLOG.md: backlog"],
    ["TODO.md", " > TODO.md: todo"],
    ["ideas.md", " > ideas.md: other"],
    ["a/BACKLOG.md", "a > BACKLOG.md: backlog"],
    ["a/TASK_INDEX.md", "a > TASK_INDEX.md: index"],
    ["a/ARCHIVE/ARCHIVE.md", "a > ARCHIVE/ARCHIVE.md: archive"],
    ["a/ARCHIVE.md", "a > ARCHIVE.md: other"],
    ["a/notes.md", "a > notes.md: other"],
  ])("of %s is known", (path, expected) => {
    expect(place(path, files)).toBe(expected);
  });

  test.each(["a/docs/guide.md", "b/notes.md", "a/picture.png", "b/TODO.md", "a/old/ARCHIVE/ARCHIVE.md"])(
    "is none for %s",
    (path) => {
      expect(place(path, files)).toBeNull();
    },
  );

  test("is the one above where the names lead into a subfolder", () => {
    const names = { backlog: "tasks/Open.md", todo: "tasks/now/Now.md" };
    const files = filesOf("x/tasks/Open.md", "tasks/now/Now.md");
    expect(place("x/tasks/Open.md", files, names)).toBe("x > tasks/Open.md: backlog");
    expect(place("x/tasks/now/Now.md", files, names)).toBe("x > tasks/now/Now.md: todo");
    expect(place("x/tasks/other.md", files, names)).toBeNull();
    expect(place("x/other.md", files, names)).toBe("x > other.md: other");
    expect(place("tasks/now/Now.md", files, names)).toBeNull();
  });

  test("is the note's own before one above it", () => {
    const files = filesOf("BACKLOG.md", "ARCHIVE/BACKLOG.md", "ARCHIVE/ARCHIVE.md");
    expect(place("ARCHIVE/ARCHIVE.md", files)).toBe("ARCHIVE > ARCHIVE.md: archive");
  });
});

describe("the archive", () => {
  test.each([
    [["ARCHIVE.md"], "ARCHIVE.md"],
    [["ARCHIVE/ARCHIVE.md"], "ARCHIVE/ARCHIVE.md"],
    [["ARCHIVE.md", "ARCHIVE/ARCHIVE.md"], "ARCHIVE.md"],
    [[], "ARCHIVE.md"],
  ])("where %j is there is %s", (paths, archive) => {
    expect(findNames(filesOf(...paths), "", DEFAULT_NAMES).archive).toBe(archive);
  });

  test("that is configured is looked for there alone", () => {
    const names = { ...DEFAULT_NAMES, archive: "Done.md" };
    expect(findNames(filesOf("ARCHIVE/ARCHIVE.md"), "", names)).toEqual(names);
  });
});

describe("all backlog folders", () => {
  test("are found at any depth and in order, dot folders and node_modules aside", () => {
    const files = filesOf(
      "b/BACKLOG.md",
      "BACKLOG.md",
      "a/deep/er/BACKLOG.md",
      "a/OLD_BACKLOG.md",
      "a/.trash/BACKLOG.md",
      "node_modules/x/BACKLOG.md",
      "a/TODO.md",
    );
    expect(listBacklogFolders(files, DEFAULT_NAMES)).toEqual(["", "a/deep/er", "b"]);
  });

  test("are found by a name that leads into a subfolder", () => {
    const files = filesOf("x/tasks/Open.md", "tasks/Open.md", "x/Open.md");
    expect(listBacklogFolders(files, { ...DEFAULT_NAMES, backlog: "tasks/Open.md" })).toEqual(["", "x"]);
  });
});

test.each([
  ["a/TODO.md", ["a todo"]],
  ["TODO.md", [" todo"]],
  ["a/ARCHIVE/ARCHIVE.md", ["a/ARCHIVE archive", "a archive"]],
  ["a/notes.md", []],
  ["a/MYTODO.md", []],
])("%s may be a companion of %j", (path, expected) => {
  expect(listOwners(path, DEFAULT_NAMES).map(({ folder, kind }) => `${folder} ${kind}`)).toEqual(expected);
});

test("the second place of the archive owns nothing where the archive is elsewhere", () => {
  expect(listOwners("ARCHIVE/ARCHIVE.md", { ...DEFAULT_NAMES, archive: "Done.md" })).toEqual([]);
});

test("paths are put together and taken apart, the vault itself being the empty path", () => {
  expect([joinPath("", "x.md"), joinPath("a/b", "x.md")]).toEqual(["x.md", "a/b/x.md"]);
  expect([folderOf("x.md"), folderOf("a/b/x.md"), folderOf("a"), folderOf("")]).toEqual(["", "a/b", "", ""]);
  expect([isBelow("a/b", "a"), isBelow("a", "a"), isBelow("ab", "a"), isBelow("a", "")]).toEqual([
    true,
    true,
    false,
    true,
  ]);
});
