import { describeFailure, renderFailure, renderJson, renderNotice, type Failure } from "../calls/answer";
import type { CallResult } from "../calls/call";
import { CallFailure } from "../calls/failure";
import { createPaint } from "../calls/paint";
import { failFile, readErrorCode } from "./failure";
import { parseArguments } from "./program";
import { detectColours, writeError, writeOutput } from "./terminal";

/** Runs one call and says what the exit code is. Everything is shown at the end, standard output at once. */
async function run(argv: readonly string[]): Promise<number> {
  const asked = parseArguments(argv, formatDay(new Date()));
  if (asked.kind === "text") {
    writeOutput(asked.text);
    return 0;
  }
  const result = await asked.run();
  writeOutput(await render(result, asked.json));
  for (const notice of result.notices) writeError(renderNotice(notice));
  return result.exit;
}

async function render(result: CallResult, json: boolean): Promise<string> {
  return json ? renderJson(result.renderJson()) : result.renderText(createPaint(await detectColours(process.env)));
}

/** Says what went wrong, as one sentence and in the JSON where that was asked for; gives the exit code. */
function report(error: unknown, json: boolean): number {
  const failure = describe(error);
  if (json) writeFailure(renderFailure(failure));
  writeError(renderNotice(failure.message));
  if (process.env["BACKLOG_CARDS_DEBUG"] === "1" && error instanceof Error) writeError(error.stack ?? "");
  return 2;
}

function writeFailure(text: string): void {
  try {
    writeOutput(text);
  } catch (error) {
    // Standard output is what refuses, or refuses too: standard error says it all.
    if (!(error instanceof CallFailure)) throw error;
  }
}

function describe(error: unknown): Failure {
  if (!isSystemError(error)) return describeFailure(error);
  return failFile(error, error.path === undefined ? error.syscall : `read or write ${error.path}`);
}

/** Whether it is the operating system that refused. */
function isSystemError(error: unknown): error is Error & { readonly syscall: string; readonly path?: string } {
  return readErrorCode(error) !== null && error instanceof Error && "syscall" in error;
}

/** The day on this machine's calendar, YYYY-MM-DD. */
function formatDay(date: Date): string {
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0"));
  return `${date.getFullYear()}-${month}-${day}`;
}

const argv = process.argv.slice(2);
const end = argv.indexOf("--");
const wantsJson = (end === -1 ? argv : argv.slice(0, end)).includes("--json");
process.on("uncaughtException", (error) => process.exit(report(error, wantsJson)));
void run(argv)
  .catch((error: unknown) => report(error, wantsJson))
  // All is written, so there is nothing to wait for; the engine would use the time to tidy its memory.
  .then((code) => process.exit(code));
