// A backlog folder in a new temporary folder of this machine.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { MemoryPlace } from "./memory-store";

const made: string[] = [];

/** A new empty folder, links followed. */
export function makeFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "backlog-cards-")));
  made.push(folder);
  return folder;
}

/** Removes every folder that this file made; for `afterAll`. */
export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Puts a folder in memory on the disk, states included. */
export function writePlace(folder: string, place: MemoryPlace): void {
  const states = [...place.states].map(([name, text]) => [`.backlog-cards/${name}`, text] as const);
  for (const [path, text] of [...Object.entries(place.texts()), ...states]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** The text of a file; null where there is none. */
export function readText(folder: string, path: string): string | null {
  const full = join(folder, path);
  return existsSync(full) ? readFileSync(full, "utf8") : null;
}

/** The texts of all files of a folder whose names do not start with a dot, by path. */
export function readNotes(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => !name.startsWith("."));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** The names that a killed or failed move may leave: everything that starts with a dot, beside the state folder itself. */
export function listLeftovers(folder: string): readonly string[] {
  const states = join(folder, ".backlog-cards");
  const inStates = existsSync(states) ? readdirSync(states) : [];
  return [
    ...readdirSync(folder).filter((name) => name.startsWith(".") && name !== ".backlog-cards"),
    ...inStates.filter((name) => !["ledger", ".gitignore"].includes(name)),
  ];
}
