/** Says whether a value that came from outside has the shape of a `T`. */
export type Shape<T> = (value: unknown) => value is T;

/** Any string. */
export const isText: Shape<string> = (value): value is string => typeof value === "string";

/** A whole number of at least zero that is exact. */
export const isCount: Shape<number> = (value): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

/** True or false. */
export const isFlag: Shape<boolean> = (value): value is boolean => typeof value === "boolean";

/** A string that matches. */
export function textLike(pattern: RegExp): Shape<string> {
  return (value): value is string => isText(value) && pattern.test(value);
}

/** One of some words or numbers. */
export function oneOf<T extends string | number>(...values: readonly T[]): Shape<T> {
  return (value): value is T => values.some((known) => known === value);
}

/** Null, or the shape. */
export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return (value): value is T | null => value === null || shape(value);
}

/** An array of which every element has the shape; empty allowed. */
export function listOf<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(shape);
}

/** An object with every one of these keys of its own; it may have more. */
export function objectOf<T extends object>(shapes: { readonly [K in keyof T]-?: Shape<T[K]> }): Shape<T> {
  return (value): value is T =>
    typeof value === "object" &&
    value !== null &&
    Object.entries<Shape<unknown>>(shapes).every(
      ([key, shape]) => Object.hasOwn(value, key) && shape((value as Record<string, unknown>)[key]),
    );
}
