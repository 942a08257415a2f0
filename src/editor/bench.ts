import { HeightMemory } from "./heights";
import type { EditorHost } from "./host";

/** What the figures of one editor state, and of those that follow it, share. */
export class Bench {
  readonly heights = new HeightMemory();
  readonly #reported = new Set<string>();

  constructor(readonly host: EditorHost) {}

  /** Reports to the console that the figure of these lines could not be drawn: once, for it fails each time it comes into view. */
  report(error: unknown, source: string): void {
    if (this.#reported.has(source)) return;
    this.#reported.add(source);
    console.error("A card could not be drawn, so its source is shown.", error, source);
  }
}
