import { StoreError } from "../core/store";
import type { CallResult } from "./call";
import { CallFailure, failFile, readErrorCode } from "./failure";
import { createPaint, showLine } from "./paint";
import { parseArguments } from "./program";
import { JSON_VERSION } from "./records";
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
  for (const notice of result.notices) writeError(`backlog-cards: ${showLine(notice)}`);
  return result.exit;
}

async function render(result: CallResult, json: boolean): Promise<string> {
  return json
    ? `${JSON.stringify(result.renderJson())}\n`
    : result.renderText(createPaint(await detectColours(process.env)));
}

/** Says what went wrong, as one sentence and in the JSON where that was asked for; gives the exit code. */
function report(error: unknown, json: boolean): number {
  const { code, message } = describe(error);
  if (json) writeFailure(`${JSON.stringify({ version: JSON_VERSION, error: { code, message } })}\n`);
  writeError(`backlog-cards: ${showLine(message)}`);
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

function describe(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof CallFailure) return { code: error.code, message: error.message };
  if (error instanceof StoreError) return { code: "io", message: error.message };
  if (isSystemError(error)) {
    const { code, message } = failFile(error, error.path === undefined ? error.syscall : `read or write ${error.path}`);
    return { code, message };
  }
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ");
  return { code: "bug", message: `This is a bug, please report it: ${reason}` };
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
