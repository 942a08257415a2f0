import type { RuleSettings } from "../core/rules";
import type { Paint } from "./paint";

/** What the flags that every call takes say. */
export interface Call {
  /** The rules that `--limit` and `--order` state. */
  readonly rules: RuleSettings;
  /** `--today`, else the day on this machine's calendar: YYYY-MM-DD. */
  readonly today: string;
  /** Whether nothing may be written and a diff is shown instead. False for the calls that never write. */
  readonly dryRun: boolean;
}

/** How a call ended. Text and JSON are made only when asked for. */
export interface CallResult {
  /** 1 for findings of severity error or incomplete, and for a refusal; 2 where something could not be read or written. */
  readonly exit: 0 | 1 | 2;
  /** For standard output, with its final line break; "" for nothing. */
  renderText(paint: Paint): string;
  /** The one object of `--json`. */
  renderJson(): object;
  /** Sentences for standard error. */
  readonly notices: readonly string[];
}

/** A command with its arguments, ready to run. Rejects with a `CallFailure` or a `StoreError` for exit code 2. */
export type Run = () => Promise<CallResult>;
