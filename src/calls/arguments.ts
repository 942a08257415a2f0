import { STATUSES } from "../core/promotable";
import type { GroupOrder } from "../core/rules";
import { CallFailure } from "./failure";
import type { WishedValue } from "./set";

/** The orders of groups that a call may ask for. */
export const ORDERS = ["file", "priority"] as const satisfies readonly GroupOrder[];

/** What an argument says, or the sentence that says why it says nothing. */
export type Argument<Value> = { readonly value: Value } | { readonly wrong: string };

/** The size of a batch: a whole number of at least 1. */
export function parseLimit(text: string): Argument<number> {
  return isCount(text) ? { value: Number(text) } : { wrong: "It must be a whole number of at least 1." };
}

/** A day of the calendar, YYYY-MM-DD. */
export function parseDay(text: string): Argument<string> {
  const [year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text)?.slice(1) ?? []).map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0));
  if (year === undefined || !date.toISOString().startsWith(text)) {
    return { wrong: "It must be a day of the calendar, YYYY-MM-DD." };
  }
  return { value: text };
}

/** One of the orders of groups. */
export function parseOrder(text: string): Argument<GroupOrder> {
  return parseChoice(text, ORDERS);
}

/** One of the statuses, in any case. */
export function parseStatus(text: string): Argument<string> {
  return parseChoice(text.trim().toLowerCase(), STATUSES);
}

/** A field and the value that it is to have, as FIELD=VALUE. Fails with a usage failure where it is none. */
export function parsePair(text: string): WishedValue {
  const at = text.indexOf("=");
  if (at < 1) throw new CallFailure("usage", `'${text}' names no value: write it as FIELD=VALUE, e.g. status=done.`);
  return { field: text.slice(0, at).trim().toLowerCase(), value: text.slice(at + 1) };
}

/** The number of a criterion, the first one 1. Fails with a usage failure where it is none. */
export function parseCount(text: string): number {
  if (!isCount(text)) throw new CallFailure("usage", `'${text}' is no criterion's number: the first one is 1.`);
  return Number(text);
}

function parseChoice<Choice extends string>(text: string, choices: readonly Choice[]): Argument<Choice> {
  const value = choices.find((choice) => choice === text);
  return value === undefined ? { wrong: `Allowed choices are ${choices.join(", ")}.` } : { value };
}

function isCount(text: string): boolean {
  return /^[1-9]\d{0,5}$/.test(text);
}
