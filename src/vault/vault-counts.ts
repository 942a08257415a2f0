import { addCounts, countTasks, type Counts } from "../core/facts";
import type { Settings } from "../settings";
import { listCompanions } from "./folder-notes";
import { listBacklogFolders } from "./folders";
import { ParsedNotes } from "./parsed-notes";
import type { VaultApp } from "./vault-app";

/** Counts the tasks of all backlog folders of a vault, one folder after the other, and remembers each folder's counts. */
export class VaultCounts {
  private readonly counted = new Map<string, Counts>();
  private round = 0;
  private sum: Promise<Counts> | null = null;
  private closed = false;

  /** @param knownOf the counts of a folder that are kept elsewhere; null where they are not. */
  constructor(
    private readonly app: VaultApp,
    private readonly settings: () => Settings,
    private readonly knownOf: (folder: string) => Counts | null,
  ) {}

  /** Whether the folder was counted here. */
  holds(folder: string): boolean {
    return this.counted.has(folder);
  }

  /** Has a folder counted anew when next asked for; all of them without one. */
  forget(folder?: string): void {
    this.round++;
    if (folder === undefined) this.counted.clear();
    else this.counted.delete(folder);
  }

  /** The open and incomplete tasks of all backlog folders; what changes while they are counted is counted again. */
  count(): Promise<Counts> {
    this.sum ??= this.countAll().finally(() => {
      this.sum = null;
    });
    return this.sum;
  }

  /** Reads nothing more; a sum under way ends with what it has. */
  close(): void {
    this.closed = true;
    this.forget();
  }

  private async countAll(): Promise<Counts> {
    for (;;) {
      const { round } = this;
      const all: Counts[] = [];
      for (const folder of listBacklogFolders(this.app.vault, this.settings().names)) {
        if (this.closed) return addCounts(all);
        const known = this.knownOf(folder) ?? this.counted.get(folder);
        all.push(known ?? (await this.countFolder(folder, round)));
      }
      if (round === this.round) return addCounts(all);
    }
  }

  private async countFolder(folder: string, round: number): Promise<Counts> {
    const { names, rules } = this.settings();
    const companions = listCompanions(this.app, folder, names);
    const listed = companions.filter(({ kind }) => kind === "backlog" || kind === "todo");
    const isCurrent = () => round === this.round;
    const read = await new ParsedNotes(this.app).read(listed, isCurrent);
    const counts = countTasks(read?.notes ?? [], names, rules);
    if (read?.unread.length === 0) this.counted.set(folder, counts);
    return counts;
  }
}
