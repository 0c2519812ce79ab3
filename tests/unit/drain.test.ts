import { expect, test } from "vitest";
import { drain } from "../../shared/http/drain.ts";

/** A request whose body goes on as `pull` does. */
function sending(pull: (controller: ReadableStreamDefaultController<Uint8Array>) => unknown) {
  const seen = { cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => void pull(controller),
    cancel: () => void (seen.cancelled = true),
  });
  const request = new Request("http://localhost/", {
    method: "POST",
    body,
    duplex: "half",
  } as RequestInit);
  return { request, seen };
}

test("what is left of a body is read to its end", async () => {
  let left = 10;
  const { request, seen } = sending((controller) =>
    left-- > 0 ? controller.enqueue(new Uint8Array(10_000)) : controller.close()
  );
  await drain(request);
  expect([left < 0, seen.cancelled]).toEqual([true, false]);
});

test("an endless body is given up after 32 megabytes", async () => {
  let pulled = 0;
  const { request, seen } = sending((controller) => {
    pulled++;
    controller.enqueue(new Uint8Array(1_000_000));
  });
  await drain(request);
  expect(seen.cancelled).toBe(true);
  expect(pulled).toBeLessThan(40);
});

test("a sender that is silent, or has gone, is not waited for", async () => {
  const silent = sending(() => {});
  await drain(silent.request);
  expect(silent.seen.cancelled).toBe(true);
  await drain(sending((controller) => controller.error(new Error("gone"))).request);
});

test("a body that was read, or is none, is left alone", async () => {
  await expect(drain(new Request("http://localhost/"))).resolves.toBeUndefined();
  const read = new Request("http://localhost/", { method: "POST", body: "hello" });
  await read.text();
  await expect(drain(read)).resolves.toBeUndefined();
});
