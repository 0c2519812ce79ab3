import { describe, expect, test } from "vitest";
import { described } from "../support/dialects/index.ts";
import { MatrixWorld } from "../support/matrix-world.ts";
import {
  casesOf,
  idsAmong,
  missingTarget,
  pathOfCase,
  pathParameters,
  successOf,
} from "../support/operation-requests.ts";
import { snapshotOf } from "../support/snapshot.ts";

/** Operations that take what a web page sends. */
const TAKES_FORMS = new Set([
  "submitForm",
  "submitWebForm",
  "createDocument",
  "createStoredFile",
  "importLeads",
  "uploadProfileImage",
  "createCompany",
  "updateCompany",
]);

describe.each(await described())("$name", ({ dialect, operations }) => {
  const cases = casesOf(operations);
  const { expectError, expectNoId } = dialect;
  const shared = new MatrixWorld(dialect);
  const theirs = dialect.world(null, 0);
  let made = 100_000;

  describe.each(cases.filter(({ operation }) => operation.body))("$name", (one) => {
    const { operation } = one;
    const { method } = operation;

    test("takes a body up to its limit and refuses one byte more with 413", async () => {
      const { api, path, body } = await shared.request(one);
      const limit = dialect.bodyLimit(operation);
      const send = (bytes: number) =>
        api.send(method, path, { raw: JSON.stringify(body).padEnd(bytes, " ") });
      const response = await send(limit);
      expect(response.status, response.text).toBe(successOf(operation));
      expectError(await send(limit + 1), "too_large");
    });

    test("refuses what is not JSON with 415", async () => {
      const { send } = await shared.refusable(one);
      const { api } = await shared.world;
      const forms = TAKES_FORMS.has(operation.id)
        ? []
        : ["application/x-www-form-urlencoded", "multipart/form-data"];
      for (const type of ["text/plain", "text/html", ...forms]) {
        expectError(await send(api, { "content-type": type }), "unsupported_type");
      }
    });
  });

  describe.each(cases.filter(({ names }) => names.length > 0))("$name", (one) => {
    const { operation } = one;
    const { method } = operation;
    test("answers a record of another workspace like one that does not exist", async () => {
      const [mine, other] = [await shared.world, await theirs];
      const target = await other.fresh(operation);
      const before = await snapshotOf(other.workspace.id);
      const body = operation.body && dialect.goodBody(operation, made++);
      const send = (to: typeof target) => mine.api.send(method, pathOfCase(one, to), { body });
      const foreign = await send(target);
      const missing = await send({ ...target, ...await missingTarget(dialect, one) });
      expectError(foreign, "not_found");
      expectError(missing, "not_found");
      expect(nameless(dialect.message(foreign))).toBe(nameless(dialect.message(missing)));
      expect(await snapshotOf(other.workspace.id)).toEqual(before);
    });

    test.each(idsAmong(one.names).slice(-1))("refuses a %s that is none", async (name) => {
      const world = await shared.world;
      const target = world.targets(operation).at(-1) ?? {};
      const body = operation.body && dialect.goodBody(operation);
      for (const id of dialect.notIds) {
        // An empty one in a path is another path.
        if (id === "" && pathParameters(operation).includes(name)) continue;
        const path = pathOfCase(one, { ...target, [name]: id });
        expectNoId(await world.api.send(method, path, { body }));
      }
    });
  });
});

/** A message without the id that it names. */
function nameless(message: string): string {
  return message.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, "");
}
