import { expect, test } from "vitest";
import {
  eventStream,
  type StreamSource,
  wantsEventStream,
} from "../../shared/http/event-stream.ts";

const TIMES = { open: 60_000, check: 60_000, silence: 60_000, shortestWait: 5, longestWait: 10 };

/** A source whose texts come one by one, then nothing, with what it was asked and told. */
function sourceOf(texts: (string | null)[] = []) {
  const told = { asked: 0, ended: 0, failed: [] as unknown[], goOn: true };
  const source: StreamSource = {
    async next() {
      told.asked++;
      const text = texts.shift();
      return text === undefined ? "" : text;
    },
    mayGoOn: async () => told.goOn,
    ended: () => void told.ended++,
    failed: (error) => void told.failed.push(error),
  };
  return { source, told };
}

async function rest(stream: ReadableStream<Uint8Array>): Promise<string> {
  return await new Response(stream).text();
}

const READY = /^retry: \d+\n\n/;

test("sends what its source has, and ends with it", async () => {
  const { source, told } = sourceOf(["id: 1\n\n", "", "", "data: ä\n\n", null]);
  const text = await rest(eventStream(source, TIMES));
  expect(text.replace(READY, "")).toBe("id: 1\n\ndata: ä\n\n");
  expect(text).toMatch(READY);
  expect(told).toMatchObject({ asked: 5, ended: 1, failed: [] });
});

test("looks for nothing more while the client does not read", async () => {
  const { source, told } = sourceOf(Array(100).fill("x\n\n"));
  const reader = eventStream(source, TIMES).getReader();
  for (let read = 1; read <= 3; read++) {
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(told.asked).toBe(read);
  }
  await reader.cancel();
  expect(told.ended).toBe(1);
});

test("shows that it is alive when nothing happens", async () => {
  const { source } = sourceOf([]);
  const reader = eventStream(source, { ...TIMES, silence: 20 }).getReader();
  await reader.read();
  for (let read = 0; read < 3; read++) {
    expect(new TextDecoder().decode((await reader.read()).value)).toBe(":\n\n");
  }
  await reader.cancel();
});

test.each([true, false])("ends after its time, read or not: %s", async (isRead) => {
  const { source, told } = sourceOf(isRead ? [] : ["x\n\n"]);
  const stream = eventStream(source, { ...TIMES, open: 50 });
  const text = isRead ? rest(stream) : null;
  await expect.poll(() => told.ended).toBe(1);
  expect(await (text ?? rest(stream))).toMatch(isRead ? /^retry: \d+\n\n$/ : /^$/);
});

test.each([true, false])(
  "ends when the client may no longer listen, read or not: %s",
  async (isRead) => {
    const { source, told } = sourceOf([]);
    const stream = eventStream(source, { ...TIMES, check: 10 });
    const text = isRead ? rest(stream) : null;
    told.goOn = false;
    await expect.poll(() => told.ended).toBe(1);
    await (text ?? rest(stream));
    const { asked } = told;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(told.asked).toBe(asked);
  },
);

test("stops at once when the client leaves, also in the middle of a wait", async () => {
  const { source, told } = sourceOf([]);
  const reader = eventStream(source, { ...TIMES, longestWait: 60_000, shortestWait: 60_000 })
    .getReader();
  await reader.read();
  const waiting = reader.read();
  await expect.poll(() => told.asked).toBe(2);
  await reader.cancel();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(told).toMatchObject({ ended: 1, failed: [] });
});

test("ends, and tells why, when its source fails", async () => {
  const { source, told } = sourceOf();
  const broken = new Error("broken");
  const next = () => Promise.reject(broken);
  expect(await rest(eventStream({ ...source, next }, TIMES))).toBe("");
  expect(told).toMatchObject({ ended: 1, failed: [broken] });
});

test.each([
  ["text/event-stream", true],
  ["Text/Event-Stream; charset=utf-8", true],
  ["application/json, text/event-stream;q=0.9", true],
  ["application/json", false],
  ["*/*", false],
  ["text/event-streams", false],
  [null, false],
])("Accept: %s asks for a stream: %s", (accept, expected) => {
  const headers = new Headers(accept === null ? {} : { accept });
  expect(wantsEventStream(new Request("http://x/", { headers }))).toBe(expected);
  expect(wantsEventStream(new Request("http://x/", { headers, method: "HEAD" }))).toBe(false);
});
