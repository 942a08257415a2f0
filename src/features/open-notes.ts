import { reportFailure } from "../ui/notices";
import { joinPath } from "../vault/folders";
import type { Parts } from "./parts";

const COMMANDS = [
  { kind: "backlog", name: "Open backlog of this folder", icon: "list" },
  { kind: "todo", name: "Open todo note of this folder", icon: "list-todo" },
  { kind: "archive", name: "Open archive of this folder", icon: "archive" },
] as const;

/** The commands that open the companions of the note at hand; each where that note exists. */
export function registerOpenNotes(parts: Parts): void {
  const { app, plugin, watch } = parts;
  for (const { kind, name, icon } of COMMANDS) {
    plugin.addCommand({
      id: `open-${kind}`,
      name,
      icon,
      checkCallback: (checking) => {
        const file = app.workspace.getActiveFile();
        const place = file && watch.placeOf(file.path);
        const path = place && joinPath(place.folder, place.names[kind]);
        if (path === null || path === file?.path || !app.vault.getFileByPath(path)) return false;
        if (!checking) void openNote(parts, path);
        return true;
      },
    });
  }
}

/** Opens a note in the pane at hand; a notice says where that fails. */
export async function openNote({ app }: Parts, path: string): Promise<void> {
  try {
    const file = app.vault.getFileByPath(path);
    if (file) await app.workspace.getLeaf(false).openFile(file);
  } catch (error) {
    reportFailure(`${path} could not be opened.`, error);
  }
}
