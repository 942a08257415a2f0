/** The functions of the API that need nothing of the app. */
import type { Debouncer } from "obsidian";

/** The version that the host stands in for. */
export const apiVersion = "1.13.1";

/** Where it runs: a desktop. */
export const Platform = {
  isDesktop: true,
  isMobile: false,
  isDesktopApp: true,
  isMobileApp: false,
  isIosApp: false,
  isAndroidApp: false,
  isPhone: false,
  isTablet: false,
  isMacOS: navigator.platform.startsWith("Mac"),
  isWin: navigator.platform.startsWith("Win"),
  isLinux: navigator.platform.startsWith("Linux"),
  isSafari: false,
  resourcePathPrefix: "app://host/",
};

/** Whether the app is at least of a version. */
export function requireApiVersion(version: string): boolean {
  const own = apiVersion.split(".").map(Number);
  for (const [at, part] of version.split(".").map(Number).entries()) {
    const mine = own[at] ?? 0;
    if (mine !== part) return mine > part;
  }
  return true;
}

/** The language of the app's words. */
export function getLanguage(): string {
  return "en";
}

/** A path of the vault in its one form: no slashes at the ends or twice in a row, no special blanks, NFC; the root is `/`. */
export function normalizePath(path: string): string {
  const trimmed = path
    .replace(/[\\/]+/g, "/")
    .replace(/^\/|\/$/g, "")
    .replace(/\u00A0|\u202F/g, " ")
    .normalize("NFC");
  return trimmed === "" ? "/" : trimmed;
}

/** The two parts of the text of a wiki link: a path and, from `#` on, a subpath. */
export function parseLinktext(linktext: string): { path: string; subpath: string } {
  const at = linktext.indexOf("#");
  const path = at < 0 ? linktext : linktext.slice(0, at);
  return { path: path.replace(/\u00A0/g, " "), subpath: at < 0 ? "" : linktext.slice(at) };
}

/** The path of the text of a wiki link. */
export function getLinkpath(linktext: string): string {
  return parseLinktext(linktext).path;
}

/**
 * A function that calls another once, `timeout` milliseconds after the first call of a series, or after the last one where
 * `resetTimer` is set, with the arguments of the last.
 */
export function debounce<T extends unknown[], V>(
  callback: (...values: [...T]) => V,
  timeout = 0,
  resetTimer = false,
): Debouncer<T, V> {
  let timer: number | null = null;
  let latest: [...T] | null = null;
  const fire = (): V | undefined => {
    timer = null;
    const values = latest;
    latest = null;
    return values ? callback(...values) : undefined;
  };
  const debounced = ((...values: [...T]) => {
    latest = values;
    if (timer !== null && resetTimer) {
      window.clearTimeout(timer);
      timer = null;
    }
    timer ??= window.setTimeout(fire, timeout);
    return debounced;
  }) as Debouncer<T, V>;
  debounced.cancel = () => {
    if (timer !== null) window.clearTimeout(timer);
    timer = null;
    latest = null;
    return debounced;
  };
  debounced.run = () => {
    if (timer === null) return undefined;
    window.clearTimeout(timer);
    return fire();
  };
  return debounced;
}
