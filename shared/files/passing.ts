import { Buffer } from "node:buffer";
import { Refusal } from "../refusals/refusal.ts";

/** So much of a file's beginning tells what it is. */
const HEAD_BYTES = 64 * 1024;

/** The beginning of what goes through a stream. */
export class Head {
  readonly #parts: Uint8Array[] = [];
  #size = 0;
  readonly seen = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      if (this.#size < HEAD_BYTES) {
        const part = Uint8Array.from(chunk.subarray(0, HEAD_BYTES - this.#size));
        this.#parts.push(part);
        this.#size += part.byteLength;
      }
      controller.enqueue(chunk);
    },
  });

  get bytes(): Uint8Array {
    return Buffer.concat(this.#parts);
  }
}

/** The bytes, no more of which are read than so many. The stream then fails with a Refusal. */
export function atMost(
  bytes: ReadableStream<Uint8Array>,
  most: number,
): ReadableStream<Uint8Array> {
  let size = 0;
  return bytes.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        size += chunk.byteLength;
        if (size > most) {
          const message = `Must have at most ${most / 1024} KB, a file or a field of a form.`;
          throw new Refusal("too_large", message, { max_bytes: most });
        }
        controller.enqueue(chunk);
      },
    }),
  );
}
