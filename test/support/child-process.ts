// Runs test/support/move-child.ts as a real process.
import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { makeFolder } from "./disk-place";

const ROOT = join(__dirname, "..", "..");

/** What a child said, or that it was killed. */
export interface ChildEnd {
  readonly killed: boolean;
  readonly operations: readonly string[];
  readonly refusal: string | null;
  readonly tasks: readonly string[];
}

/** Bundles the child once; gives the path of the script. */
export function bundleChild(): string {
  const outfile = join(makeFolder(), "child.cjs");
  const entry = join(ROOT, "test", "support", "move-child.ts");
  const options = { entryPoints: [entry], bundle: true, platform: "node", format: "cjs", outfile };
  execFileSync(process.execPath, ["-e", `require("esbuild").buildSync(${JSON.stringify(options)})`], { cwd: ROOT });
  return outfile;
}

/** Runs the child and waits for its end. Rejects where it ends in any other way than well or killed by itself. */
export function runChild(script: string, ...args: readonly string[]): Promise<ChildEnd> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [script, ...args], (error, stdout, stderr) => {
      if (error?.signal === "SIGKILL") resolve({ killed: true, operations: [], refusal: null, tasks: [] });
      else if (error) reject(new Error(stderr || error.message));
      else resolve({ killed: false, ...(JSON.parse(stdout) as Omit<ChildEnd, "killed">) });
    });
  });
}

/** Does something for each value, some at a time. */
export async function forEachOf<T>(values: readonly T[], parallel: number, action: (value: T) => Promise<void>) {
  const queue = [...values];
  const work = async (): Promise<void> => {
    for (let value = queue.shift(); value !== undefined; value = queue.shift()) await action(value);
  };
  await Promise.all(Array.from({ length: parallel }, work));
}
