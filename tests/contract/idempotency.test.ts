import { describe, expect, test } from "vitest";
import { described } from "../support/dialects/index.ts";
import {
  casesOf,
  goodRequest,
  type OperationCase,
  pathOfCase,
  successOf,
} from "../support/operation-requests.ts";
import { snapshotOf } from "../support/snapshot.ts";

/** Writes that need no key: what they are sent for tells them apart. */
const KEYLESS: Record<string, string[]> = {
  Lumenbase: ["replayConnectorDelivery", "rehearseConnectorDelivery"],
  "CRM HTTP API": [],
  LeadHub: [],
  LIO: [],
};

const HEADERS = ["Idempotency-Key", "X-Idempotency-Key"] as const;

describe.each(await described())("$name", ({ name, dialect, validator, operations }) => {
  const keyed = operations.filter(({ parameters }) =>
    parameters.some((one) => one.name === "Idempotency-Key")
  );
  const shared = dialect.world(null, 0);
  let made = 1_000;

  async function prepared(one: OperationCase, key: Record<string, string>) {
    const world = await shared;
    const { target, path, body } = await goodRequest(dialect, world, one, made++);
    const { method } = one.operation;
    return {
      world,
      target,
      path,
      body,
      send: (to = path, raw?: string) =>
        world.api.send(method, to, {
          ...(raw === undefined ? { body } : { raw }),
          headers: { ...(raw === undefined ? {} : { "content-type": "application/json" }), ...key },
        }),
    };
  }

  test("every write takes a key", () => {
    const writes = operations.filter(({ method }) => method !== "GET");
    const without = writes.filter((one) => !keyed.includes(one)).map(({ id }) => id);
    expect(without).toEqual(KEYLESS[name]);
    expect(keyed.every(({ method }) => method !== "GET")).toBe(true);
  });

  // Every other one by the other name of the header.
  const cases = casesOf(keyed).map((one, i) => ({
    one,
    name: one.name,
    header: HEADERS[i % 2] ?? HEADERS[0],
  }));

  describe.each(cases)("$name", ({ header, one }) => {
    const { operation } = one;

    // One record does for all of it, as does one look at what is stored before and after.
    test("keeps no key of a refusal, is done once, answered again, and refuses another request", async () => {
      const { world, path, body, send } = await prepared(one, { [header]: `of ${one.name}` });
      const unknown = `${path}${path.includes("?") ? "&" : "?"}unknown=1`;
      dialect.expectError(await send(unknown), "invalid");

      const first = await send();
      expect(first.status, first.text).toBe(successOf(operation));
      const other = await world.fresh(operation);
      const stored = await snapshotOf(world.workspace.id);
      const again = await send();
      expect([again.status, again.text]).toEqual([first.status, first.text]);
      expect([first, again].map(({ headers }) => headers.get("idempotency-replayed")))
        .toEqual([null, "true"]);
      expect(validator.undeclared(operation, again)).toEqual([]);

      const another = body === undefined
        ? await send(pathOfCase(one, other))
        : await send(path, `${JSON.stringify(body)} `);
      dialect.expectError(another, "key_reused");
      expect(another.headers.get("idempotency-replayed")).toBeNull();
      expect(await snapshotOf(world.workspace.id)).toEqual(stored);
    });

    test("refuses a key that is none, and two that differ", async () => {
      const { world, path, body } = await prepared(one, {});
      for (
        const headers of [
          { "idempotency-key": "x".repeat(256) },
          { "idempotency-key": "ungültig" },
          { "idempotency-key": "a", "x-idempotency-key": "b" },
        ] as Record<string, string>[]
      ) {
        const answer = await world.api.send(operation.method, path, { body, headers });
        dialect.expectError(answer, "invalid");
        expect(dialect.mistakes(answer).map(({ field }) => field)).toEqual(["Idempotency-Key"]);
      }
    });
  });
});
