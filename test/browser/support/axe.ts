import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds wrong on a page, or in the part that a selector names: a line for each rule, with the elements. */
export async function findBarriers(page: Page, selector = "body"): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults, string>(
    (part) => (window as unknown as { axe: { run(root: string): Promise<AxeResults> } }).axe.run(part),
    selector,
  );
  // Landmarks are the app's, which puts menus and notices beside them.
  // The scroller of an editor is the app's, and the keyboard scrolls it by moving the cursor.
  const isEditor = (html: string): boolean => /^<div[^>]* class="cm-scroller"/.test(html);
  const ours = violations.filter(
    ({ id, nodes }) =>
      id !== "region" && (id !== "scrollable-region-focusable" || !nodes.every(({ html }) => isEditor(html))),
  );
  return ours.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html).join(" | ")})`);
}
