import type { DiskChange, DiskFailure, DiskOperation, DiskOptions, DiskReport } from "./server/disk-protocol";
import { type Message, packMessage, unpackMessage } from "./server/message";

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
  /** Whoever waits for an answer, by what the call is known by. */
  readonly #answers = new Map<number, (answer: Message<DiskReport>) => void>();
  /** One socket for all calls: a request for each takes the browser many times as long. */
  readonly #opened = this.#open();
  #asked = 0;
  /** The last mark that came with the changes. */
  #mark = 0;
  #marked: (() => void)[] = [];

  /** Asks for an operation; resolves with what the server says, of a read with the bytes. Rejects with a `DiskError`. */
  async call(
    operation: DiskOperation,
    path: string,
    options: DiskOptions = {},
    body: string | ArrayBuffer = "",
  ): Promise<DiskReply> {
    const reply = await this.#ask(operation, path, options, body);
    if (reply !== null) return reply;
    for (const at of [path, options.to ?? path]) this.onNever(at);
    return new Promise<never>(() => undefined);
  }

  async #ask(
    operation: DiskOperation,
    path: string,
    options: DiskOptions,
    content: string | ArrayBuffer,
  ): Promise<DiskReply | null> {
    const query = new URLSearchParams({ path, options: JSON.stringify(options), page: this.#page }).toString();
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content);
    this.pending++;
    try {
      const socket = await this.#opened;
      const id = ++this.#asked;
      const { said, body } = await new Promise<Message<DiskReport>>((resolve) => {
        this.#answers.set(id, resolve);
        socket.send(packMessage({ id, operation, query }, bytes));
      });
      const { value = body.buffer, turn = 0, failure, never = false } = said;
      if (failure !== undefined) throw new DiskError(failure);
      return never ? null : { value, turn };
    } finally {
      this.pending--;
    }
  }

  #open(): Promise<WebSocket> {
    const socket = new WebSocket(new URL("socket", document.baseURI.replace(/^http/, "ws")));
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
      const message = unpackMessage<DiskReport>(new Uint8Array(data));
      this.#answers.get(message.said.id)?.(message);
      this.#answers.delete(message.said.id);
    };
    return new Promise((resolve, reject) => {
      socket.onopen = () => resolve(socket);
      socket.onclose = () => {
        const failure = { code: "EIO", message: "the disk's server is gone" };
        reject(new DiskError(failure));
        for (const [id, answer] of this.#answers) answer({ said: { id, failure }, body: new Uint8Array() });
        this.#answers.clear();
      };
    });
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
