import { expect, test } from "vitest";
import {
  EXAMPLE_CONNECTORS,
  EXAMPLE_IDS,
} from "../../shared/dialects/lumenbase/openapi/examples.ts";
import { ContractDocument, type Parameter } from "../support/contract-document.ts";
import { ContractValidator } from "../support/contract-validator.ts";
import { exampleWorld } from "../support/example-world.ts";

const document = await ContractDocument.fetched();
const validator = new ContractValidator(document);
const operations = document.operations().filter(({ scope }) => scope !== null);
const withBody = operations.filter(({ body }) => body !== undefined);

test("every body has an example", () => {
  expect(withBody.filter(({ body }) => body?.examples.length === 0)).toEqual([]);
});

test.each(operations)("the examples of $id are valid and work as they are", async (operation) => {
  const { method, path, parameters, body, forms } = operation;
  const { api } = await exampleWorld();
  const id = parameters.find(({ name }) => name === "id");
  expect([undefined, ...Object.values(EXAMPLE_IDS)]).toContain(id?.example);
  const at = `${path}?${exampleQuery(parameters)}`;
  for (const example of body?.examples ?? [undefined]) {
    expect(body ? validator.bodyMistakes(operation, example) : []).toEqual([]);
    const answer = await api.send(method, at, { body: example });
    expect([answer.status, answer.body?.error]).toEqual([expect.toBeOneOf([200, 201]), undefined]);
    expect(validator.undeclared(operation, answer)).toEqual([]);
  }
  for (const form of forms) {
    const slug = EXAMPLE_CONNECTORS[operation.resource as keyof typeof EXAMPLE_CONNECTORS];
    const raw = new URLSearchParams(form).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded", "x-connector": slug };
    const answer = await api.send(method, path, { raw, headers });
    expect([answer.status, answer.body.error]).toEqual([201, undefined]);
  }
});

test("what goes through a connector has the example of a form", () => {
  const ids = operations.filter(({ forms }) => forms.length > 0).map(({ id }) => id);
  expect(ids).toEqual(["createActivity", "ingestContact"]);
});

/** The parameters that are required, and the id of the example. */
function exampleQuery(parameters: readonly Parameter[]): string {
  const given = parameters.filter(({ name, required }) => name === "id" || required);
  return new URLSearchParams(
    given.map(({ name, example }): [string, string] => [name, String(example)]),
  ).toString();
}
