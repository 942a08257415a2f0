/** A message of the page's socket: what is said, and the bytes that go with it. Four bytes for the length of the former lead. */
export interface Message<T> {
  readonly said: T;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** A message as bytes. */
export function packMessage(said: unknown, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const words = new TextEncoder().encode(JSON.stringify(said));
  const bytes = new Uint8Array(4 + words.length + body.length);
  new DataView(bytes.buffer).setUint32(0, words.length);
  bytes.set(words, 4);
  bytes.set(body, 4 + words.length);
  return bytes;
}

/** The message that bytes are; its body is a copy. */
export function unpackMessage<T>(bytes: Uint8Array): Message<T> {
  const end = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  return {
    said: JSON.parse(new TextDecoder().decode(bytes.subarray(4, end))) as T,
    body: new Uint8Array(bytes.subarray(end)),
  };
}
