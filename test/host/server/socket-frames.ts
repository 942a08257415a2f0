import { createHash } from "node:crypto";
import type { Duplex } from "node:stream";

/** What RFC 6455 §1.3 has a server add to the key that it is given. */
const MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const [BINARY, CLOSE, PING, PONG] = [2, 8, 9, 10];

/** What the server says to agree to the socket that a page asks for, by the key of its request. */
export function acceptSocket(key: string): string {
  const accept = createHash("sha1")
    .update(key + MAGIC)
    .digest("base64");
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
}

/** Sends a message of bytes over a socket; nothing, where the other side is gone. */
export function sendMessage(socket: Duplex, bytes: Uint8Array): void {
  if (socket.writable) socket.write(Buffer.concat([headOf(BINARY, bytes.length), bytes]));
}

/** Calls back with every message of bytes that a page sends; ends the socket when the page does, or speaks otherwise. */
export function receiveMessages(socket: Duplex, tell: (bytes: Uint8Array) => void): void {
  let waiting = Buffer.alloc(0);
  let parts: Buffer[] = [];
  socket.on("data", (given: Buffer) => {
    waiting = Buffer.concat([waiting, given]);
    for (let frame = readFrame(waiting); frame !== null; frame = readFrame(waiting)) {
      waiting = waiting.subarray(frame.length);
      const { code, last, payload } = frame;
      if (code === PING) socket.write(Buffer.concat([headOf(PONG, payload.length), payload]));
      else if (code === CLOSE || (code !== BINARY && code !== 0)) socket.end(headOf(CLOSE, 0));
      else {
        parts.push(payload);
        if (!last) continue;
        tell(Buffer.concat(parts));
        parts = [];
      }
    }
  });
}

interface Frame {
  readonly code: number;
  /** Whether the message ends with it. */
  readonly last: boolean;
  readonly payload: Buffer;
  /** In bytes, all of it. */
  readonly length: number;
}

/** The first frame of some bytes (RFC 6455 §5.2), which a page has always masked; null where they do not hold all of it. */
function readFrame(bytes: Buffer): Frame | null {
  if (bytes.length < 6) return null;
  const short = bytes.readUInt8(1) & 127;
  const sized = short === 126 ? 2 : short === 127 ? 8 : 0;
  if (bytes.length < 6 + sized) return null;
  const size = sized === 0 ? short : sized === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  const from = 6 + sized;
  if (bytes.length < from + size) return null;
  const mask = bytes.subarray(from - 4, from);
  const payload = Buffer.from(bytes.subarray(from, from + size)).map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  const head = bytes.readUInt8(0);
  return { code: head & 15, last: head > 127, payload: Buffer.from(payload), length: from + size };
}

/** The beginning of an unmasked frame that is a whole message. */
function headOf(code: number, size: number): Buffer {
  const sized = size < 126 ? 0 : size < 65536 ? 2 : 8;
  const head = Buffer.alloc(2 + sized);
  head.writeUInt8(128 | code);
  head.writeUInt8(sized === 0 ? size : sized === 2 ? 126 : 127, 1);
  if (sized === 2) head.writeUInt16BE(size, 2);
  if (sized === 8) head.writeBigUInt64BE(BigInt(size), 2);
  return head;
}
