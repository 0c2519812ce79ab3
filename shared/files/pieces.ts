import { Buffer } from "node:buffer";

/** The bytes of a stream in pieces of this size, but for the last one, which is shorter. */
export async function* piecesOf(
  bytes: ReadableStream<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    let rest = chunk;
    while (length + rest.byteLength >= size) {
      const taken = rest.subarray(0, size - length);
      yield joined([...parts, taken]);
      rest = rest.subarray(taken.byteLength);
      parts = [];
      length = 0;
    }
    // A copy, since whoever sends may use the same memory again.
    if (rest.byteLength > 0) parts.push(Uint8Array.from(rest));
    length += rest.byteLength;
  }
  if (length > 0) yield joined(parts);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}
