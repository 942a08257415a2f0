import { textsOf } from "../../support/notation";

const NAMES = { backlog: "BACKLOG.md", todo: "TODO.md", archive: "ARCHIVE.md", index: "TASK_INDEX.md" } as const;

/** The notes of a backlog folder in one line of the notation, by their paths in the vault. */
export function writeBacklogFolder(folder: string, line: string): Readonly<Record<string, string>> {
  const texts = Object.entries(textsOf(line)).flatMap(([kind, text]) =>
    text === null ? [] : [[`${folder}/${NAMES[kind as keyof typeof NAMES]}`, text] as const],
  );
  return Object.fromEntries(texts);
}
