import type { DiskChange, DiskFailure, DiskOperation, DiskOptions } from "./server/disk-protocol";

/** A refusal of the disk, with the system's code, as the app's file system gives it. */
export class DiskError extends Error {
  readonly code: string;

  constructor({ code, message }: DiskFailure) {
    super(message);
    this.code = code;
  }
}

/** What a call gave, and its number in the order of all that the server does and sees. */
export interface DiskReply {
  readonly value: unknown;
  readonly turn: number;
}

/** The page's line to the server that holds the disk. */
export class DiskClient {
  /** Calls that are on their way. */
  pending = 0;
  /** Called for a call that is never answered, because the test's disk takes this page for dead. */
  onNever: (path: string) => void = () => undefined;
  /** What the server knows this page by. */
  readonly #page = crypto.randomUUID();
  /** The last mark that came with the changes. */
  #mark = 0;
  #marked: (() => void)[] = [];

  /** Asks for an operation; resolves with what the server says, of a read with the bytes. Rejects with a `DiskError`. */
  async call(operation: DiskOperation, path: string, options: DiskOptions = {}, body?: BodyInit): Promise<DiskReply> {
    const reply = await this.#ask(operation, path, options, body);
    if (reply !== null) return reply;
    for (const at of [path, options.to ?? path]) this.onNever(at);
    return new Promise<never>(() => undefined);
  }

  async #ask(
    operation: DiskOperation,
    path: string,
    options: DiskOptions,
    body: BodyInit | undefined,
  ): Promise<DiskReply | null> {
    const query = new URLSearchParams({ path, options: JSON.stringify(options), page: this.#page });
    this.pending++;
    try {
      const response = await fetch(`disk/${operation}?${query.toString()}`, { method: "POST", body: body ?? null });
      if (response.headers.has("x-never")) return null;
      if (response.headers.has("x-failure")) throw new DiskError((await response.json()) as DiskFailure);
      const binary = response.headers.get("content-type") === "application/octet-stream";
      const value: unknown = binary ? await response.arrayBuffer() : await response.json();
      return { value, turn: Number(response.headers.get("x-turn")) };
    } finally {
      this.pending--;
    }
  }

  /** Resolves when the page was told of all that had changed on the disk by now. */
  async catchUp(): Promise<void> {
    const mark = Number(await (await fetch("mark", { method: "POST" })).text());
    while (this.#mark < mark) await new Promise<void>((resolve) => this.#marked.push(resolve));
  }

  /** Tells of every change of the disk from now on, those of this page included. Resolves when nothing can be missed any more. */
  listen(tell: (change: DiskChange) => void): Promise<void> {
    const source = new EventSource("changes");
    source.onmessage = (event: MessageEvent<string>) => tell(JSON.parse(event.data) as DiskChange);
    source.addEventListener("mark", (event: MessageEvent<string>) => {
      this.#mark = Number(event.data);
      for (const resolve of this.#marked.splice(0)) resolve();
    });
    return new Promise((resolve) => {
      source.onopen = () => resolve();
    });
  }
}
