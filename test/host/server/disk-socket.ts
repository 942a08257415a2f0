import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { callDisk, type DiskParts } from "./call-disk";
import type { DiskFailure, DiskQuestion, DiskReport } from "./disk-protocol";
import { packMessage, unpackMessage } from "./message";
import { acceptSocket, receiveMessages, sendMessage } from "./socket-frames";

/** Lets a page make its calls over a socket that it asked for, until it ends. */
export function serveSocket(socket: Duplex, request: IncomingMessage, parts: DiskParts): void {
  const ended = new AbortController();
  socket.on("close", () => ended.abort());
  // A page that is closed takes its socket with it, in the middle of whatever it was about.
  socket.on("error", () => socket.destroy());
  socket.write(acceptSocket(request.headers["sec-websocket-key"] ?? ""));
  receiveMessages(socket, (bytes) => {
    const { said, body } = unpackMessage<DiskQuestion>(bytes);
    void answer(parts, said, body, ended.signal).then((message) => sendMessage(socket, message));
  });
}

async function answer(
  parts: DiskParts,
  { id, operation, query }: DiskQuestion,
  body: Uint8Array,
  ended: AbortSignal,
): Promise<Uint8Array> {
  const report = (said: Omit<DiskReport, "id">, bytes = new Uint8Array()): Uint8Array =>
    packMessage({ ...said, id }, bytes);
  try {
    const given = await callDisk(parts, operation, new URLSearchParams(query), body, ended);
    if (given === null) return report({ never: true });
    const { value, turn } = given;
    return value instanceof Uint8Array ? report({ turn }, new Uint8Array(value)) : report({ turn, value });
  } catch (error) {
    const { code = "EIO", message } = error as NodeJS.ErrnoException;
    const failure: DiskFailure = { code, message };
    return report({ failure });
  }
}
