import { createDiskError } from "./confine-path";
import type { DiskOperation } from "./disk-protocol";

/** Which calls of the page are meant; what is left out means any. */
export interface DiskCalls {
  readonly operation?: DiskOperation | readonly DiskOperation[];
  readonly path?: string | RegExp;
}

/** The calls that are held back: how many arrived so far, and their release. */
export interface HeldCalls {
  /** Resolves when as many calls as named (1) have arrived and wait. */
  arrived(count?: number): Promise<void>;
  /** Lets those that wait go on, and holds no more. */
  release(): void;
}

interface Rule {
  readonly calls: DiskCalls;
  readonly act: () => Promise<void> | void;
  left: number;
}

/** A disk's moods, for tests: it refuses calls, or makes them wait, before anything of them is done. */
export class DiskFaults {
  #rules: Rule[] = [];

  /** Refuses the next so many (1; Infinity for all) of the calls with a code of the system, such as `ENOSPC` or `EACCES`. */
  refuse(calls: DiskCalls, code: string, times = 1): void {
    const act = (): never => {
      throw createDiskError(code, "the test's disk refuses");
    };
    this.#rules.push({ calls, act, left: times });
  }

  /** Makes all of the calls wait until they are released. */
  hold(calls: DiskCalls): HeldCalls {
    const waiting: (() => void)[] = [];
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    let count = 0;
    const act = (): Promise<void> => {
      count++;
      for (const check of waiting) check();
      return released;
    };
    const rule: Rule = { calls, act, left: Infinity };
    this.#rules.push(rule);
    return {
      arrived: (wanted = 1) =>
        new Promise((resolve) => {
          const check = (): void => {
            if (count >= wanted) resolve();
          };
          waiting.push(check);
          check();
        }),
      release: () => {
        rule.left = 0;
        release();
      },
    };
  }

  /** No more refusals; what is held stays held until its own release. */
  forgive(): void {
    this.#rules = [];
  }

  /** Goes through what is in force for a call: rejects where it is refused, resolves late where it is held. */
  async pass(operation: DiskOperation, path: string): Promise<void> {
    for (const rule of this.#rules) {
      if (rule.left <= 0 || !matches(rule.calls, operation, path)) continue;
      rule.left--;
      await rule.act();
    }
    this.#rules = this.#rules.filter((rule) => rule.left > 0);
  }
}

function matches({ operation, path }: DiskCalls, called: DiskOperation, at: string): boolean {
  const named = operation === undefined || [operation].flat().includes(called);
  return named && (path === undefined || (typeof path === "string" ? path === at : path.test(at)));
}
