import { closestWord } from "../core/typos";
import { parseDay, parseLimit, parseOrder, type Argument } from "./arguments";
import type { Call } from "./call";
import { CallFailure } from "./failure";

/** A flag of the app's command line, as the app takes it for its help. */
export interface Flag {
  /** What stands for its value (`<path>`); left out for a flag that has none. */
  readonly value?: string;
  readonly description: string;
}

/** Flags by their names. */
export type Flags = Readonly<Record<string, Flag>>;

/** What was given for flags, by their names: a text, or `true` for a flag without a value. */
export type GivenFlags = Readonly<Record<string, string>>;

/** The flags that every call takes. */
export const COMMON_FLAGS = {
  json: { description: "Print one JSON object" },
  order: { value: "<order>", description: "In which order groups are considered: file or priority" },
  limit: { value: "<n>", description: "Size of a batch" },
  today: { value: "<date>", description: "The day to write, YYYY-MM-DD" },
} as const satisfies Flags;

/** The flag of the calls that write. */
export const DRY_RUN = { "dry-run": { description: "Write nothing, show a unified diff" } } as const satisfies Flags;

/** Flags of the app itself, of which nothing says that a handler never sees them. */
const OF_THE_APP: ReadonlySet<string> = new Set(["vault", "copy"]);

/** What was given for the flags of a call, checked: each is known, has a value or has none, as it should. */
export interface ReadFlags {
  /** Whether a flag without a value was given. */
  has(name: string): boolean;
  /** The value of a flag; null where it was not given. */
  find(name: string): string | null;
  /** The value of a flag that the call can't do without. Fails with a usage failure where it was not given. */
  need(name: string): string;
  /** The value as it was parsed; null where it was not given. Fails with a usage failure where it says nothing. */
  parse<Value>(name: string, parse: (text: string) => Argument<Value>): Value | null;
  /** Names and values of the flags given, in the order in which they were. */
  readonly given: readonly (readonly [name: string, value: string])[];
}

/**
 * Reads what was given for flags. Fails with a usage failure for a flag that is unknown, that lacks its value, or that has
 * one and takes none. `--` in front of a name is passed over, as those write it who know the command line of the shell.
 */
export function readFlags(flags: Flags, raw: GivenFlags): ReadFlags {
  const given = new Map<string, string>();
  for (const [written, value] of Object.entries(raw)) {
    const name = written.replace(/^--/, "");
    if (OF_THE_APP.has(name)) continue;
    const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (!flag) throw new CallFailure("usage", describeUnknown(written, Object.keys(flags)));
    // A flag without a value is given as `true`, so that is no value.
    if (flag.value !== undefined && value === "true") {
      throw new CallFailure("usage", `Flag '${name}=${flag.value}' argument missing.`);
    }
    if (flag.value === undefined && value !== "true") throw new CallFailure("usage", `Flag '${name}' takes no value.`);
    given.set(name, value);
  }
  const find = (name: string): string | null => given.get(name) ?? null;
  return {
    has: (name) => given.has(name),
    find,
    need: (name) => {
      const value = find(name);
      if (value === null) throw failMissing(name);
      return value;
    },
    parse: (name, parse) => {
      const text = find(name);
      if (text === null) return null;
      const read = parse(text);
      if ("value" in read) return read.value;
      const shown = `${name}=${flags[name]?.value ?? ""}`;
      throw new CallFailure("usage", `Flag '${shown}' argument '${text}' is invalid. ${read.wrong}`);
    },
    given: [...given],
  };
}

/** What is said where an argument is missing that the call can't do without. */
export function failMissing(name: string): CallFailure {
  return new CallFailure("usage", `Missing required argument '${name}'.`);
}

/** What the flags that every call takes say; `today` holds where they name no day. */
export function readCall(flags: ReadFlags, today: string): Call {
  const order = flags.parse("order", parseOrder);
  const limit = flags.parse("limit", parseLimit);
  return {
    rules: { ...(order === null ? {} : { order }), ...(limit === null ? {} : { limit }) },
    today: flags.parse("today", parseDay) ?? today,
    dryRun: flags.has("dry-run"),
  };
}

/** Whether the answer is to be JSON, whatever is wrong with the other flags. */
export function wantsJson(raw: GivenFlags): boolean {
  return raw["json"] === "true" || raw["--json"] === "true";
}

function describeUnknown(written: string, known: readonly string[]): string {
  const closest = closestWord(written.replace(/^--/, ""), known, 2);
  return closest === null ? `Unknown flag '${written}'.` : `Unknown flag '${written}' (Did you mean ${closest}?)`;
}
