// What the tests of moves share: the palette, the notices, and the notes on the disk.
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import type { Host } from "./harness";

/** Chooses a command in the palette by its name, with keys. */
export async function choose(host: Host, name: string): Promise<void> {
  await host.page.keyboard.press("Control+p");
  await host.page.keyboard.type(name);
  await host.page.locator(".prompt .suggestion-item", { hasText: name }).first().waitFor();
  await host.page.keyboard.press("Enter");
  await host.settled();
}

/** Names of the plugin's commands that the palette offers now. */
export function listCommands(host: Host): Promise<readonly string[]> {
  return host.page.evaluate(() => {
    const { commands } = window.host.app as unknown as { commands: { listCommands(): { name: string }[] } };
    return commands.listCommands().map(({ name }) => name.replace("Backlog Cards: ", ""));
  });
}

/** The modal that is open. */
export function modalOf(host: Host): Locator {
  return host.page.locator(".modal");
}

/** Waits for a notice that says this; a move is not at its end when the page is at rest. */
export async function awaitNotice(host: Host, text: string): Promise<void> {
  await host.page.locator(".notice", { hasText: text }).first().waitFor();
}

/** What the notices say, without their buttons. */
export function readNotices(host: Host): Promise<readonly string[]> {
  return host.page.evaluate(() =>
    [...document.querySelectorAll(".notice")].map((notice) => {
      const parts = notice.querySelectorAll(".backlog-notice-sentence, .backlog-notice-detail");
      return parts.length === 0 ? notice.textContent : [...parts].map((part) => part.textContent).join(" | ");
    }),
  );
}

/** The texts on the disk of the notes that a vault names, and of no other. */
export async function readNotes(host: Host, vault: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const path of Object.keys(vault)) texts[path] = await host.read(path);
  return texts;
}

/** Each file of the vault, dot folders too, with its size and when it was written last. */
export async function listFiles(host: Host): Promise<readonly string[]> {
  const names = await readdir(host.vaultPath, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.sort().map(async (path) => {
      const { size, mtimeNs } = await stat(path, { bigint: true });
      return `${path.slice(host.vaultPath.length + 1)} ${size} ${mtimeNs}`;
    }),
  );
}

/** The line of the cursor in the note at hand. */
export function lineAtCursor(host: Host): Promise<string> {
  return host.page.evaluate(() => {
    const view = window.host.views().find((one) => one.file === window.host.app.workspace.getActiveFile());
    return view?.editor.getLine(view.editor.getCursor().line) ?? "";
  });
}

/** The path of the note at hand. */
export function activePath(host: Host): Promise<string | undefined> {
  return host.page.evaluate(() => window.host.app.workspace.getActiveFile()?.path);
}
