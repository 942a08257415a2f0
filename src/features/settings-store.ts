import type { Plugin } from "obsidian";
import { refuse, reportFailure } from "../ui/notices";
import type { SettingsPort } from "../ui/settings-tab";
import { changeSetting, DEFAULT_SETTINGS, readSettings, type Settings } from "../settings";

/**
 * The settings of the vault, kept in the plugin's `data.json`. Each change reads the file anew and writes back all of it
 * but the one setting, so that nothing is lost that another device, another version or a hand wrote there.
 */
export class SettingsStore implements SettingsPort {
  settings: Settings = DEFAULT_SETTINGS;
  raw: unknown = null;
  /** Whether the file was read, or found not to be there, or to be damaged. */
  loaded = false;
  private readonly callbacks = new Set<() => void>();
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly plugin: Plugin) {}

  /** Has a function called whenever other settings are in force. Returns what ends it. */
  subscribe(callback: () => void): () => void {
    this.callbacks.add(callback);
    return () => this.callbacks.delete(callback);
  }

  /** Reads the file. Where it cannot be read the settings stay as they are, and the person is told. */
  load(): Promise<void> {
    return this.inTurn(async () => {
      const found = await this.read();
      if (found) this.apply(found.raw);
      this.loaded = true;
      for (const callback of [...this.callbacks]) callback();
    });
  }

  change(key: string, value: unknown): Promise<void> {
    return this.inTurn(async () => {
      const found = await this.read();
      if (!found) return;
      const raw = changeSetting(found.raw, key, value);
      try {
        await this.plugin.saveData(raw);
      } catch (error) {
        reportFailure("The setting could not be saved. It stays as it was.", error);
        return;
      }
      this.apply(raw);
      for (const callback of [...this.callbacks]) callback();
    });
  }

  private apply(raw: unknown): void {
    this.raw = raw;
    this.settings = readSettings(raw);
  }

  /** Null where the file is damaged: it is then neither followed nor written over. */
  private async read(): Promise<{ readonly raw: unknown } | null> {
    try {
      const raw: unknown = await this.plugin.loadData();
      if (raw === null || raw === undefined || (typeof raw === "object" && !Array.isArray(raw))) return { raw };
      refuse("The settings file of Backlog Cards holds no settings. Mend or delete its data.json.");
    } catch (error) {
      reportFailure("The settings of Backlog Cards could not be read. Mend or delete its data.json.", error);
    }
    return null;
  }

  /** One after the other, in the order in which they were asked for. */
  private inTurn(task: () => Promise<void>): Promise<void> {
    this.last = this.last.then(task);
    return this.last;
  }
}
