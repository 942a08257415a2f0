import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { ORDERS, parseCount, parseDay, parseLimit, parsePair, parseStatus, type Argument } from "../calls/arguments";
import type { Call, Run } from "../calls/call";
import { CallFailure } from "../calls/failure";
import type { GroupOrder } from "../core/rules";
import { version } from "../../package.json";

/** What the arguments ask for: a call to run, or a text to show (help, version). */
export type Asked =
  | { readonly kind: "call"; readonly json: boolean; readonly run: Run }
  | { readonly kind: "text"; readonly text: string };

interface CommonOptions {
  readonly json?: true;
  readonly order?: GroupOrder;
  readonly limit?: number;
  readonly today?: string;
  readonly dryRun?: true;
}

interface ListOptions extends CommonOptions {
  readonly open?: true;
  readonly incomplete?: true;
  readonly ready?: true;
  readonly type?: string;
  readonly status?: string;
}

interface PromoteOptions extends CommonOptions {
  readonly goal?: string;
  readonly archiveDone?: true;
}

interface FolderOptions extends CommonOptions {
  readonly folder: string;
}

const HERE = ".";

/**
 * Reads the arguments of the command line, those after the name of the program. `today` holds where `--today` is not
 * given. Fails with a usage failure where they ask for nothing that exists.
 */
export function parseArguments(argv: readonly string[], today: string): Asked {
  let shown = "";
  const chosen: { call: Asked | null } = { call: null };
  const program = new Command("backlog-cards")
    .description("Checks, chooses and moves the task blocks of a Markdown backlog without losing a line.")
    .version(version, "-V, --version", "show the version")
    .helpOption("-h, --help", "show help with an example")
    .addOption(new Option("--json", "print one JSON object"))
    .addOption(new Option("--order <order>", "in which order groups are considered").choices(ORDERS))
    .addOption(new Option("--limit <n>", "size of a batch").argParser(asParser(parseLimit)))
    .addOption(new Option("--today <date>", "the day to write, YYYY-MM-DD").argParser(asParser(parseDay)))
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void (shown += text),
      writeErr: () => undefined,
      getOutHelpWidth: () => Number(process.env["COLUMNS"]) || 100,
    })
    .exitOverride()
    .addHelpText("after", exampleOf("check"));

  const add = (usage: string, summary: string, example: string): Command =>
    program.command(usage).description(summary).addHelpText("after", exampleOf(example));
  const addWriting = (usage: string, summary: string, example: string): Command =>
    add(usage, summary, example).option("--dry-run", "write nothing, show a unified diff");
  const ask = (command: Command, run: (call: Call) => ReturnType<Run>): void => {
    const { json, order, limit, dryRun, ...rest } = command.optsWithGlobals<CommonOptions>();
    const rules = { ...(order === undefined ? {} : { order }), ...(limit === undefined ? {} : { limit }) };
    const call = { rules, today: rest.today ?? today, dryRun: dryRun ?? false };
    chosen.call = { kind: "call", json: json ?? false, run: () => run(call) };
  };

  const commands: Readonly<Record<string, () => Command>> = {
    init: () =>
      addWriting(
        "init [folder]",
        "start a backlog: notes with one example task, never over an existing note",
        "init work",
      ).action((folder: string | undefined, _options: CommonOptions, command: Command) => {
        ask(command, async (call) => (await import("./commands/init")).init(call, folder ?? HERE));
      }),
    check: () =>
      add("check [path...]", "findings of every note of every backlog folder below the paths", "check docs").action(
        (paths: readonly string[], _options: CommonOptions, command: Command) => {
          ask(command, async (call) => (await import("./commands/check")).check(call, paths));
        },
      ),
    list: () =>
      add("list [path...]", "tasks, one a line", "list --ready --type docs")
        .option("--open", "tasks that are not done")
        .option("--incomplete", "tasks of a backlog that lack a required field")
        .option("--ready", "tasks that could be promoted")
        .option("--type <type>", "tasks of one type")
        .addOption(new Option("--status <status>", "tasks of one status").argParser(asParser(parseStatus)))
        .action((paths: readonly string[], options: ListOptions, command: Command) => {
          const filter = {
            open: options.open ?? false,
            incomplete: options.incomplete ?? false,
            ready: options.ready ?? false,
            type: options.type?.trim().toLowerCase() ?? null,
            status: options.status ?? null,
          };
          ask(command, async (call) => (await import("./commands/list")).list(call, paths, filter));
        }),
    next: () =>
      add("next [folder]", "the batch that would be promoted, and why no other", "next --order priority").action(
        (folder: string | undefined, _options: CommonOptions, command: Command) => {
          ask(command, async (call) => (await import("./commands/next")).next(call, folder ?? HERE));
        },
      ),
    promote: () =>
      addWriting("promote [folder]", "move the next batch into the todo note", 'promote --goal "Ship the docs"')
        .option("--goal <text>", "goal of the batch, one line")
        .option("--archive-done", "archive what is done first, as one move")
        .action((folder: string | undefined, { goal, archiveDone }: PromoteOptions, command: Command) => {
          const wishes = { archiveDone: archiveDone ?? false, ...(goal === undefined ? {} : { goal }) };
          ask(command, async (call) => (await import("./commands/promote")).promote(call, folder ?? HERE, wishes));
        }),
    set: () =>
      addWriting(
        "set <id> <field=value...>",
        "set values of one task",
        "set TASK-20261123-001 status=done effort='2 days'",
      )
        .addHelpText("after", "\nFields: status, priority, type, component, effort, assignee.")
        .option("--folder <folder>", "folder of the backlog", HERE)
        .action((id: string, values: readonly string[], { folder }: FolderOptions, command: Command) => {
          const pairs = values.map(parsePair);
          ask(command, async (call) => (await import("./commands/set")).set(call, folder, id, pairs));
        }),
    tick: () =>
      addWriting("tick <id> <n>", "tick the nth criterion of one task", "tick TASK-20261123-001 2")
        .option("--untick", "take the tick away instead")
        .option("--folder <folder>", "folder of the backlog", HERE)
        .action((id: string, n: string, options: FolderOptions & { untick?: true }, command: Command) => {
          const wish = { criterion: parseCount(n), ticked: !options.untick };
          ask(command, async (call) => (await import("./commands/tick")).tick(call, options.folder, id, wish));
        }),
    archive: () =>
      addWriting("archive [folder]", "move what is done from the todo note to the archive", "archive --dry-run")
        .option("--from-backlog", "what is done in the backlog as well")
        .action((folder: string | undefined, options: CommonOptions & { fromBacklog?: true }, command: Command) => {
          const fromBacklog = options.fromBacklog ?? false;
          ask(command, async (call) => (await import("./commands/archive")).archive(call, folder ?? HERE, fromBacklog));
        }),
    return: () =>
      addWriting("return <id>", "take a task out of the batch, back into the backlog", "return TASK-20261123-001")
        .option("--folder <folder>", "folder of the backlog", HERE)
        .action((id: string, { folder }: FolderOptions, command: Command) => {
          ask(command, async (call) => (await import("./commands/return")).returnTask(call, folder, id));
        }),
    undo: () =>
      addWriting("undo [folder]", "take the last move back", "undo").action(
        (folder: string | undefined, _options: CommonOptions, command: Command) => {
          ask(command, async (call) => (await import("./commands/undo")).undo(call, folder ?? HERE));
        },
      ),
    recover: () =>
      addWriting("recover [folder]", "finish or take back a move that was interrupted", "recover")
        .option("--discard", "show its journal and drop it")
        .action((folder: string | undefined, options: CommonOptions & { discard?: true }, command: Command) => {
          const discard = options.discard ?? false;
          ask(command, async (call) => (await import("./commands/recover")).recover(call, folder ?? HERE, discard));
        }),
    fix: () =>
      addWriting(
        "fix [path...]",
        "apply fixes: without --code only those that change formatting",
        "fix --code glued-marker,no-status",
      )
        .option("--code <code...>", "fixes of these findings, separated by commas or blanks")
        .action(
          (paths: readonly string[], { code }: CommonOptions & { code?: readonly string[] }, command: Command) => {
            ask(command, async (call) => (await import("./commands/fix")).fix(call, paths, code ?? null));
          },
        ),
  };
  // Making all of them takes longer than a check: the one that is called is enough, also for its help.
  const called = argv.find((word) => !/^--(?!help$)/.test(word)) ?? "";
  const wanted = Object.hasOwn(commands, called) ? [called] : Object.keys(commands);
  for (const name of wanted) commands[name]?.();

  try {
    program.parse([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.help" && error.exitCode !== 0) {
      const [first, asked] = program.args;
      // `help` with a word that is no command: what is said of the word itself is the better sentence.
      if (first === "help" && asked !== undefined) return parseArguments([asked], today);
      throw new CallFailure("usage", "Name a command: `backlog-cards --help` lists them.");
    }
    if (error.exitCode !== 0) throw new CallFailure("usage", describeUsage(error.message));
    return { kind: "text", text: shown };
  }
  if (!chosen.call) throw new Error(`no command took the arguments ${JSON.stringify(argv)}`);
  return chosen.call;
}

function exampleOf(call: string): string {
  return `\nExample:\n  $ backlog-cards ${call}`;
}

/** commander's message as a sentence: "error: unknown option '--x'" as "Unknown option '--x'.". */
function describeUsage(message: string): string {
  const text = message
    .replace(/^error: /, "")
    .replace(/\s*\n\s*/g, " ")
    .trim();
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.)?]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** A parser as commander takes it. */
function asParser<Value>(parse: (text: string) => Argument<Value>): (text: string) => Value {
  return (text) => {
    const read = parse(text);
    if ("wrong" in read) throw new InvalidArgumentError(read.wrong);
    return read.value;
  };
}
