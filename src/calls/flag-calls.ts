import { archive } from "./archive";
import { parseCount, parseStatus } from "./arguments";
import type { Call, CallResult } from "./call";
import { check } from "./check";
import { COMMON_FLAGS, DRY_RUN, failMissing, type Flags, type ReadFlags } from "./flags";
import type { CallHost } from "./host";
import { list } from "./list";
import { next } from "./next";
import { promote } from "./promote";
import { recover } from "./recover";
import { returnTask } from "./return";
import { set } from "./set";
import { tick } from "./tick";
import { undo } from "./undo";

/** A host that knows which folder is meant where none is named. */
export interface FlagHost extends CallHost {
  chooseFolder(): Promise<string>;
}

/** A call whose arguments are flags all, as the app's command line has them. */
export interface FlagCall {
  readonly name: string;
  readonly description: string;
  readonly flags: Flags;
  run(host: FlagHost, call: Call, flags: ReadFlags): Promise<CallResult>;
}

const FOLDER = {
  folder: { value: "<folder>", description: "Folder of the backlog, from the vault's root; else the only one" },
} as const satisfies Flags;
const PLACES = {
  folder: { value: "<folder>", description: "Look at the backlog folders at and below this one alone" },
  path: { value: "<path>", description: "Look at this note alone, or at the backlog folders below this folder" },
} as const satisfies Flags;
const ID = { id: { value: "<id>", description: "Id of the task; needed" } } as const satisfies Flags;

/** What can be set of a task. */
const FIELDS = {
  status: { value: "<status>", description: "todo, in-progress, blocked or done" },
  priority: { value: "<priority>", description: "critical, high, medium or low" },
  type: { value: "<type>", description: "Type, one word" },
  component: { value: "<component>", description: "Component, one word" },
  effort: { value: "<effort>", description: "Estimated effort" },
  assignee: { value: "<assignee>", description: "Assignee" },
} as const satisfies Flags;

/** A call on one folder. */
function onFolder(
  run: (host: CallHost, call: Call, path: string, flags: ReadFlags) => Promise<CallResult>,
): FlagCall["run"] {
  return async (host, call, flags) => run(host, call, flags.find("folder") ?? (await host.chooseFolder()), flags);
}

/** The paths that `check` and `list` are to look at. */
function listPlaces(flags: ReadFlags): readonly string[] {
  return ["folder", "path"].flatMap((name) => flags.find(name) ?? []);
}

/** The calls of the app's command line: those of the shell's, spelled with flags. */
export const FLAG_CALLS: readonly FlagCall[] = [
  {
    name: "check",
    description: "Findings of every note of every backlog folder",
    flags: { ...PLACES, ...COMMON_FLAGS },
    run: (host, call, flags) => check(host, call, listPlaces(flags)),
  },
  {
    name: "list",
    description: "Tasks, one a line",
    flags: {
      ...PLACES,
      open: { description: "Tasks that are not done" },
      incomplete: { description: "Tasks of a backlog that lack a required field" },
      ready: { description: "Tasks that could be promoted" },
      type: { value: "<type>", description: "Tasks of one type" },
      status: { value: "<status>", description: "Tasks of one status" },
      ...COMMON_FLAGS,
    },
    run: async (host, call, flags) =>
      list(host, call, listPlaces(flags), {
        open: flags.has("open"),
        incomplete: flags.has("incomplete"),
        ready: flags.has("ready"),
        type: flags.find("type")?.trim().toLowerCase() ?? null,
        status: flags.parse("status", parseStatus),
      }),
  },
  {
    name: "next",
    description: "The batch that would be promoted, and why no other",
    flags: { ...FOLDER, ...COMMON_FLAGS },
    run: onFolder(next),
  },
  {
    name: "promote",
    description: "Move the next batch into the todo note",
    flags: {
      ...FOLDER,
      goal: { value: "<text>", description: "Goal of the batch, one line" },
      "archive-done": { description: "Archive what is done first, as one move" },
      ...DRY_RUN,
      ...COMMON_FLAGS,
    },
    run: onFolder((host, call, path, flags) => {
      const goal = flags.find("goal");
      const wishes = { archiveDone: flags.has("archive-done"), ...(goal === null ? {} : { goal }) };
      return promote(host, call, path, wishes);
    }),
  },
  {
    name: "set",
    description: "Set values of one task",
    flags: { ...ID, ...FIELDS, ...FOLDER, ...DRY_RUN, ...COMMON_FLAGS },
    run: onFolder(async (host, call, path, flags) => {
      const id = flags.need("id");
      const values = flags.given.filter(([name]) => Object.hasOwn(FIELDS, name));
      if (values.length === 0) throw failMissing("field=value");
      return set(
        host,
        call,
        path,
        id,
        values.map(([field, value]) => ({ field, value })),
      );
    }),
  },
  {
    name: "tick",
    description: "Tick a criterion of one task",
    flags: {
      ...ID,
      n: { value: "<n>", description: "Number of the criterion, the first one 1; needed" },
      untick: { description: "Take the tick away instead" },
      ...FOLDER,
      ...DRY_RUN,
      ...COMMON_FLAGS,
    },
    run: onFolder(async (host, call, path, flags) => {
      const id = flags.need("id");
      const criterion = parseCount(flags.need("n"));
      return tick(host, call, path, id, { criterion, ticked: !flags.has("untick") });
    }),
  },
  {
    name: "archive",
    description: "Move what is done from the todo note to the archive",
    flags: {
      ...FOLDER,
      "from-backlog": { description: "What is done in the backlog as well" },
      ...DRY_RUN,
      ...COMMON_FLAGS,
    },
    run: onFolder((host, call, path, flags) => archive(host, call, path, flags.has("from-backlog"))),
  },
  {
    name: "return",
    description: "Take a task out of the batch, back into the backlog",
    flags: { ...ID, ...FOLDER, ...DRY_RUN, ...COMMON_FLAGS },
    run: onFolder(async (host, call, path, flags) => returnTask(host, call, path, flags.need("id"))),
  },
  {
    name: "undo",
    description: "Take the last move back",
    flags: { ...FOLDER, ...DRY_RUN, ...COMMON_FLAGS },
    run: onFolder(undo),
  },
  {
    name: "recover",
    description: "Finish or take back a move that was interrupted",
    flags: {
      ...FOLDER,
      discard: { description: "Show its journal and drop it" },
      ...DRY_RUN,
      ...COMMON_FLAGS,
    },
    run: onFolder((host, call, path, flags) => recover(host, call, path, flags.has("discard"))),
  },
];
