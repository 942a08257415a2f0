import { writeSync } from "node:fs";

/**
 * A jest reporter that ends the run's output with `N passed, N failed`. A suite that could not run counts as one failure.
 * Coverage and summary are printed by reporters that jest appends after this one, so the line waits for the process's end.
 */
export default class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    process.once("exit", () => {
      writeSync(process.stdout.fd, `${results.numPassedTests} passed, ${failed} failed\n`);
    });
  }
}
