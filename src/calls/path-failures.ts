import { CallFailure } from "./failure";

/** What is said of the path "". */
export function failEmpty(): CallFailure {
  const message = "The path is empty: name a folder or a note, or leave it out for the current folder.";
  return new CallFailure("usage", message);
}

/** What is said of a path at which nothing is. */
export function failAbsent(path: string): CallFailure {
  return new CallFailure("not-found", `There is no folder or note ${path}.`);
}

/** What is said of a note where a folder is wanted. */
export function failNoFolder(path: string): CallFailure {
  return new CallFailure("usage", `${path} is not a folder: give the folder that holds the backlog.`);
}

/** What is said of a companion that is there and no file. */
export function failNoNote(shown: string, isFolder: boolean): CallFailure {
  const what = isFolder ? "a folder" : "no file";
  return new CallFailure("io", `${shown} is ${what}, not a note: rename it, or set another name.`);
}

/** What is said of a folder without any backlog; `start` as `CallHost.nameStart` gives it. */
export function failNoBacklogBelow(path: string, start: string): CallFailure {
  const where = path === "." ? "here" : `in ${path}`;
  return new CallFailure("not-found", `There is no backlog folder ${where} or below: ${start} starts one.`);
}

/** What is said of a note that belongs to no backlog folder; `backlog` is the name that would make it one. */
export function failStray(path: string, backlog: string, start: string): CallFailure {
  const why = `there is no ${backlog} beside it (${start} starts a backlog)`;
  return new CallFailure("not-found", `${path} is no note of a backlog folder: ${why}.`);
}
