import { fstatSync, writeSync } from "node:fs";
import { failFile, readErrorCode } from "./failure";

const STDOUT = 1;
const STDERR = 2;

/** Writes to standard output. A reader that has gone away (`| head`) ends it quietly; fails where the system refuses. */
export function writeOutput(text: string): void {
  try {
    writeAll(STDOUT, text);
  } catch (error) {
    throw failFile(error, "write to standard output");
  }
}

/** Writes one line to standard error. Where that is refused there is nobody left to tell. */
export function writeError(sentence: string): void {
  try {
    writeAll(STDERR, `${sentence}\n`);
  } catch (error) {
    if (readErrorCode(error) === null) throw error;
  }
}

// `process.stdout` is left alone: its set-up is a good part of the time of a short call, and it may lose what a pipe
// has not taken when the process ends.
function writeAll(descriptor: number, text: string): void {
  if (text === "") return;
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const code = readErrorCode(error);
      // EAGAIN: another program made the shared pipe non-blocking, and it is full. The rest wants the reader's time.
      if (code === "EAGAIN") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      else if (code === "EPIPE" || code === "EOF" || code === "EBADF") return;
      else throw error;
    }
  }
}

/**
 * Whether standard output takes colours: `NO_COLOR` (not empty) says no, else `FORCE_COLOR` says yes unless it is `0`,
 * else whether it is a terminal other than `dumb`.
 */
export async function detectColours(environment: NodeJS.ProcessEnv): Promise<boolean> {
  if (environment["NO_COLOR"]) return false;
  const forced = environment["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if (environment["TERM"] === "dumb" || !isCharacterDevice()) return false;
  const { isatty } = await import("node:tty");
  return isatty(STDOUT);
}

// Spares the load of node:tty where the output goes to a pipe or a file.
function isCharacterDevice(): boolean {
  try {
    return fstatSync(STDOUT).isCharacterDevice();
  } catch (error) {
    if (readErrorCode(error) === null) throw error;
    return false;
  }
}
