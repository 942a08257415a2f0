/** The folder of journal, ledger and lock, beside the backlog. */
export const STATE_FOLDER = ".backlog-cards";
