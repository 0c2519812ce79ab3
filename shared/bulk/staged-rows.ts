/** Rows on their way into the store, one a line, and how many they were. */
export class StagedRows {
  count = 0;
  readonly bytes: ReadableStream<Uint8Array>;

  /** `most` is told when there are more than so many: it throws. */
  constructor(rows: AsyncIterator<readonly string[]>, most: number, tooMany: () => never) {
    const utf8 = new TextEncoder();
    this.bytes = new ReadableStream({
      pull: async (controller) => {
        const { done, value } = await rows.next();
        if (done) return controller.close();
        if (++this.count > most) tooMany();
        controller.enqueue(utf8.encode(`${JSON.stringify(value)}\n`));
      },
      cancel: async () => void await rows.return?.(),
    }, { highWaterMark: 0 });
  }
}

/** The rows behind the first ones, in batches of at most so many rows and characters. */
export async function* batchesAfter(
  bytes: ReadableStream<Uint8Array>,
  skipped: number,
  { most, characters }: { most: number; characters: number },
): AsyncGenerator<string[][]> {
  let batch: string[][] = [];
  let size = 0;
  let line = 0;
  for await (const text of linesOf(bytes)) {
    if (line++ < skipped) continue;
    if (batch.length === most || size > 0 && size + text.length > characters) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(JSON.parse(text));
    size += text.length;
  }
  if (batch.length > 0) yield batch;
}

async function* linesOf(bytes: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
