import { GREATER } from "./blocks";
import type { Container } from "./scan-state";

/** The open block quotes and list items, outermost first. */
export class ContainerStack {
  private readonly open: Container[];
  /** Indices in `open` of the block quotes. */
  private readonly quotes: number[] = [];
  private shared: readonly Container[] | null;
  /** Number of open containers; a field, because every line asks for it. */
  depth: number;

  /** Begins with those of a state. */
  constructor(containers: readonly Container[]) {
    this.open = containers.slice();
    this.shared = containers;
    this.depth = containers.length;
    containers.forEach((container, index) => {
      if (container.marker === GREATER) this.quotes.push(index);
    });
  }

  /** The open containers; not to be kept, they change. */
  get containers(): readonly Container[] {
    return this.open;
  }

  /** Offset of the innermost container's marker; -1 where none is open. */
  get innermostFrom(): number {
    return this.open.at(-1)?.from ?? -1;
  }

  /** Whether a block quote is open. */
  get holdsQuote(): boolean {
    return this.quotes.length > 0;
  }

  /**
   * Number of containers that a blank line stays in which entered `quotes` block quotes: all list items up to the next one.
   * A line need not be asked against each: thousands of blank lines may follow a deep list.
   */
  depthOnBlank(quotes: number): number {
    return this.quotes[quotes] ?? this.depth;
  }

  /** Opens a container inside the innermost. */
  push(container: Container): void {
    if (container.marker === GREATER) this.quotes.push(this.depth);
    this.open.push(container);
    this.depth++;
    this.shared = null;
  }

  /** Closes all containers but the outermost `depth`. */
  truncate(depth: number): void {
    for (; this.depth > depth; this.depth--) {
      if (this.open.pop()?.marker === GREATER) this.quotes.pop();
      this.shared = null;
    }
  }

  /** An immutable copy, the same one until a container opens or closes. */
  snapshot(): readonly Container[] {
    this.shared ??= this.open.slice();
    return this.shared;
  }
}
