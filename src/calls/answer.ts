import { StoreError } from "../core/store";
import { CallFailure, type FailureCode } from "./failure";
import { showLine } from "./paint";
import { JSON_VERSION } from "./records";

/** Why a call gave no result. */
export interface Failure {
  /** `bug`: ours, and no fault of the call. */
  readonly code: FailureCode | "bug";
  /** One sentence for the person. */
  readonly message: string;
}

/** What an error that ended a call means. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof CallFailure) return { code: error.code, message: error.message };
  if (error instanceof StoreError) return { code: "io", message: error.message };
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ");
  return { code: "bug", message: `This is a bug, please report it: ${reason}` };
}

/** A failure as the one object of the JSON, a line. */
export function renderFailure({ code, message }: Failure): string {
  return renderJson({ version: JSON_VERSION, error: { code, message } });
}

/** An object of the JSON as a line. */
export function renderJson(object: object): string {
  return `${JSON.stringify(object)}\n`;
}

/** A sentence besides the answer, marked so that it is not taken for a part of that. No line break at its end. */
export function renderNotice(sentence: string): string {
  return `backlog-cards: ${showLine(sentence)}`;
}
