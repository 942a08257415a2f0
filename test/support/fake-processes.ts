// Processes that live and die as a test says.
import type { ProcessTable } from "../../src/cli/lock";

/** Every `describeSelf` starts a process; all live until `killAll`. */
export class FakeProcesses implements ProcessTable {
  private readonly alive = new Set<string>();
  private started = 0;

  describeSelf() {
    this.started++;
    const token = `fake-${this.started}`;
    this.alive.add(token);
    return { pid: this.started, host: "here", token, started: null };
  }

  isAlive({ token }: { readonly token: string }): boolean {
    return this.alive.has(token);
  }

  killAll(): void {
    this.alive.clear();
  }
}
