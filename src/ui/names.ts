/** What a backlog folder is called: its path, or `the vault` where it is the vault itself. */
export function nameFolder(path: string): string {
  return path === "" ? "the vault" : path;
}

/** "1 task", "3 tasks". */
export function countTasks(count: number): string {
  return `${count} ${count === 1 ? "task" : "tasks"}`;
}
