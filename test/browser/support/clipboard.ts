import type { Page } from "playwright-core";

/**
 * Takes what a page's scripts write to the clipboard, in its place: the clipboard is the browser's, and suites that run at the same
 * time share it. Gives the way to what was written last; null before anything was.
 */
export async function takeClipboard(page: Page): Promise<() => Promise<string | null>> {
  await page.evaluate(() => {
    Object.assign(window, { written: null });
    navigator.clipboard.writeText = (text) => {
      Object.assign(window, { written: text });
      return Promise.resolve();
    };
  });
  return () => page.evaluate(() => (window as unknown as { written: string | null }).written);
}
