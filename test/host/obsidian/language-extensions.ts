/** What the app adds to the language's own objects (`declare global` in obsidian.d.ts). */
import { defineMembers, type Realm } from "./dom-extensions";

/** Adds it to the objects of one window. */
export function extendLanguage(win: Realm): void {
  defineMembers(win.Array.prototype as unknown[], {
    first() {
      return this[0];
    },
    last() {
      return this[this.length - 1];
    },
    contains(target: unknown): boolean {
      return this.includes(target);
    },
    remove(target: unknown) {
      const at = this.indexOf(target);
      if (at >= 0) this.splice(at, 1);
    },
    unique(): unknown[] {
      return [...new Set(this)];
    },
  });
  defineMembers(win.Array, { combine: (arrays: unknown[][]) => arrays.flat() });
  defineMembers(win.String.prototype, {
    contains(target: string): boolean {
      return this.includes(target);
    },
    format(...values: string[]): string {
      return this.replace(/\{(\d+)\}/g, (all, place: string) => values[Number(place)] ?? all);
    },
  });
  defineMembers(win.String, { isString: (value: unknown) => typeof value === "string" });
  defineMembers(win.Number, { isNumber: (value: unknown) => typeof value === "number" });
  defineMembers(win.Math, {
    clamp: (value: number, least: number, most: number) => Math.min(Math.max(value, least), most),
    square: (value: number) => value * value,
  });
  defineMembers(win.Object, {
    isEmpty: (value: object) => Object.keys(value).length === 0,
    each: (value: Record<string, unknown>, callback: (one: unknown, key: string) => boolean | undefined) =>
      Object.entries(value).every(([key, one]) => callback(one, key) !== false),
  });
}
