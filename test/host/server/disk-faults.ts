import { createDiskError } from "./confine-path";
import { CHANGING, type DiskOperation } from "./disk-protocol";

/** A call as it arrives. */
export interface DiskCall {
  readonly operation: DiskOperation;
  readonly path: string;
  /** The page that made it: no page has the name of another. */
  readonly page: string;
}

/** Which calls of the page are meant; what is left out means any. */
export interface DiskCalls {
  /** `changing`: those that change something. */
  readonly operation?: DiskOperation | readonly DiskOperation[] | "changing";
  readonly path?: string | RegExp;
}

/** The calls that are held back: how many arrived so far, and their release. */
export interface HeldCalls {
  /** Resolves when as many calls as named (1) have arrived and wait. */
  arrived(count?: number): Promise<void>;
  /** Lets those that wait go on, and holds no more. */
  release(): void;
}

/**
 * How much of a call is done: of a write of bytes, `half` is their first half, a number the first so many, or all but the last
 * so many where it is below zero; every other call is then not done at all.
 */
export type DiskExtent = "none" | "half" | "whole" | number;

/** A page that dies at one of its calls. */
export interface Death {
  /** Resolves when it is dead. */
  readonly met: Promise<void>;
  /** The calls that were meant and done before, and the one at which it died, as `write a.md`. */
  readonly calls: readonly string[];
}

/** What becomes of a call: all of it is done and answered; or a part, and it is refused, or never answered. */
export interface Passage {
  readonly extent: DiskExtent;
  /** `never`: whoever asked is dead. */
  readonly end: "answer" | "never" | NodeJS.ErrnoException;
  /** Called when what is to be done of it is done. */
  readonly done?: () => void;
}

interface Rule {
  readonly calls: DiskCalls;
  readonly act: (call: DiskCall) => Promise<Passage | undefined> | Passage | undefined;
  left: number;
}

const WHOLE: Passage = { extent: "whole", end: "answer" };
const NEVER: Passage = { extent: "none", end: "never" };

/** A disk's moods, for tests: it refuses calls, makes them wait, or is left by a page that dies in the middle of one. */
export class DiskFaults {
  #rules: Rule[] = [];
  readonly #dead: { readonly page: string; readonly path: RegExp }[] = [];

  /**
   * Refuses the next so many (1; Infinity for all) of the calls with a code of the system, such as `ENOSPC` or `EACCES`. Where
   * `extent` is `half`, half of the bytes are written before, as when a disk is full.
   */
  refuse(calls: DiskCalls, code: string, times = 1, extent: DiskExtent = "none"): void {
    const act = (): Passage => ({ extent, end: createDiskError(code, "the test's disk refuses") });
    this.#rules.push({ calls, act, left: times });
  }

  /** Makes all of the calls wait until they are released; what a page that ended was waiting for is never done. */
  hold(calls: DiskCalls): HeldCalls {
    const waiting: (() => void)[] = [];
    let release: () => void = () => undefined;
    const released = new Promise<undefined>((resolve) => (release = () => resolve(undefined)));
    let count = 0;
    const act = (): Promise<undefined> => {
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

  /**
   * Whoever makes the `at`-th of the calls, from 1, dies at it: with nothing, half or all of it done. Nothing that it asks for
   * later below `within` is done or answered: for the disk the page is gone, until it is really ended. `within` is for tests
   * that let one page die in one folder after the other; everything, if it is left out.
   */
  killAt(calls: DiskCalls, at: number, extent: DiskExtent, within = /(?:)/): Death {
    const done: string[] = [];
    let meet: () => void = () => undefined;
    const met = new Promise<void>((resolve) => (meet = resolve));
    const act = ({ operation, path, page }: DiskCall): Passage | undefined => {
      done.push(`${operation} ${path}`);
      if (done.length !== at) return undefined;
      rule.left = 0;
      this.#dead.push({ page, path: within });
      return { extent, end: "never", done: meet };
    };
    const rule: Rule = { calls, act, left: Infinity };
    this.#rules.push(rule);
    return { met, calls: done };
  }

  /** Writes down the calls as they arrive, as `write a.md`, until there is forgiveness; nothing happens to them. */
  watch(calls: DiskCalls): readonly string[] {
    const seen: string[] = [];
    const act = ({ operation, path }: DiskCall): undefined => void seen.push(`${operation} ${path}`);
    this.#rules.push({ calls, act, left: Infinity });
    return seen;
  }

  /** Calls back at every one of the calls, before it is done; the call waits for what that gives. */
  interrupt(calls: DiskCalls, act: (call: DiskCall) => Promise<void> | void): void {
    this.#rules.push({ calls, act: (call) => Promise.resolve(act(call)).then(() => undefined), left: Infinity });
  }

  /** None of all that any more; what is held stays held until its own release, and the dead stay dead. */
  forgive(): void {
    this.#rules = [];
  }

  /** Goes through what is in force for a call, late where it is held. */
  async pass(call: DiskCall): Promise<Passage> {
    for (const rule of this.#rules) {
      if (this.#isDead(call)) return NEVER;
      if (rule.left <= 0 || !matches(rule.calls, call)) continue;
      rule.left--;
      const passage = await rule.act(call);
      if (passage !== undefined) return passage;
    }
    this.#rules = this.#rules.filter((rule) => rule.left > 0);
    return this.#isDead(call) ? NEVER : WHOLE;
  }

  #isDead(call: DiskCall): boolean {
    return this.#dead.some(({ page, path }) => page === call.page && path.test(call.path));
  }
}

function matches({ operation, path }: DiskCalls, call: DiskCall): boolean {
  const named = operation === "changing" ? CHANGING : operation === undefined ? undefined : [operation].flat();
  if (named !== undefined && !named.includes(call.operation)) return false;
  return path === undefined || (typeof path === "string" ? path === call.path : path.test(call.path));
}
