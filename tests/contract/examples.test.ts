import { describe, expect, test } from "vitest";
import {
  EXAMPLE_CONNECTORS,
  EXAMPLE_IDS,
} from "../../shared/dialects/lumenbase/openapi/examples.ts";
import { described } from "../support/dialects/index.ts";
import { pathOf } from "../support/operation-requests.ts";
import { worldsOf } from "../support/worlds-of.ts";

const apis = await described();

describe.each(apis)("$name", ({ dialect, validator, operations }) => {
  const worldOf = worldsOf((of) => dialect.exampleWorld(of));

  test("every body has an example", () => {
    const withBody = operations.filter(({ body }) => body !== undefined);
    expect(withBody.filter(({ body }) => body?.examples.length === 0)).toEqual([]);
  });

  test.each(operations)("the examples of $id are valid and work as they are", async (operation) => {
    const { method, path, parameters, body, forms } = operation;
    const world = await worldOf(operation);
    const target = world.targets(operation).at(-1) ?? {};
    const id = parameters.find(({ name }) => name === "id");
    const at = pathOf(operation, target, id?.in === "query" ? { id: String(id.example) } : {});
    for (const example of body?.examples ?? [undefined]) {
      expect(body ? validator.bodyMistakes(operation, example) : []).toEqual([]);
      const answer = await world.api.send(method, at, { body: example });
      expect(answer.status, answer.text).toBeOneOf([200, 201, 202, 204]);
      dialect.expectSuccess(operation, answer);
      expect(validator.undeclared(operation, answer)).toEqual([]);
    }
    for (const form of forms) {
      const slug = EXAMPLE_CONNECTORS[operation.resource as keyof typeof EXAMPLE_CONNECTORS];
      const raw = new URLSearchParams(form).toString();
      const headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-connector": slug,
      };
      const answer = await world.api.send(method, path, { raw, headers });
      expect([answer.status, answer.body.error]).toEqual([201, undefined]);
    }
  });
});

const [{ operations: native }] = apis as [typeof apis[number]];

test("the ids of the native API's examples are those of one world", () => {
  const ids = native.map(({ parameters }) => parameters.find(({ name }) => name === "id")?.example);
  expect([undefined, ...Object.values(EXAMPLE_IDS)]).toEqual(expect.arrayContaining(ids));
});

test("what goes through a connector has the example of a form", () => {
  const ids = native.filter(({ forms }) => forms.length > 0).map(({ id }) => id);
  expect(ids).toEqual(["createActivity", "ingestContact"]);
});
