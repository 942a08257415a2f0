import { dirname, join } from "node:path";
import { DEFAULT_SETTINGS, readSettings, type Settings } from "../settings";
import { readTextIfThere } from "./read-text";

const SETTINGS_PATH = join(".obsidian", "plugins", "backlog-cards", "data.json");

/** What the vault around a folder says; the defaults where there is no vault or its plugin has no settings. */
export interface VaultSettings {
  readonly settings: Settings;
  /** A sentence where a settings file is there and cannot be read as one; the defaults hold then. */
  readonly warning: string | null;
}

/** The settings that hold where no vault has any. */
export const NO_VAULT: VaultSettings = { settings: DEFAULT_SETTINGS, warning: null };

/** The settings of the nearest vault around an absolute folder, the folder itself included (FORMAT.md §5, rules in force). */
export function findVaultSettings(folder: string): VaultSettings {
  for (let at = folder; ; at = dirname(at)) {
    const found = readVaultSettings(at);
    if (found) return found;
    if (dirname(at) === at) return NO_VAULT;
  }
}

/** The settings of the vault that a folder is; null where it is none or its plugin has no settings. */
export function readVaultSettings(vault: string): VaultSettings | null {
  const path = join(vault, SETTINGS_PATH);
  const text = readTextIfThere(path);
  if (text === null) return null;
  try {
    const raw: unknown = JSON.parse(text);
    return { settings: readSettings(raw), warning: null };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { settings: DEFAULT_SETTINGS, warning: `${path} is no JSON, so the default settings are used.` };
  }
}
