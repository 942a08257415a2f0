import { parseState } from "./journal";

/** The folder of journal, ledger and locks, beside the backlog. */
export const STATE_FOLDER = ".backlog-cards";

/**
 * How the name of a file ends that holds the next text of a state. The app cannot rename over a file: it writes `<name>.new`,
 * removes `<name>`, and renames. So `<name>` counts where it is there, else `<name>.new` where that is whole.
 */
export const NEXT = ".new";

/** Whether the next text of a state was written to its end. A state is a JSON object: cut off, it is no JSON. */
export function isWholeState(text: string): boolean {
  return parseState(text) !== undefined;
}
