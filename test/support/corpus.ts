import { existsSync } from "node:fs";
import { join } from "node:path";

/** The folder of real notes beside the project. */
export const CORPUS = join(__dirname, "..", "..", "..", "shared", "corpus");

/** A test that reads the corpus; reported as skipped where the folder is not there. */
export const testOnCorpus = existsSync(CORPUS) ? test : test.skip;
