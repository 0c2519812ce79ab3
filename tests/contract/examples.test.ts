import { expect, test } from "vitest";
import { EXAMPLE_IDS } from "../../shared/openapi/examples.ts";
import { ContractDocument } from "../support/contract-document.ts";
import { ContractValidator } from "../support/contract-validator.ts";
import { exampleWorld } from "../support/contract-world.ts";

const document = await ContractDocument.fetched();
const validator = new ContractValidator(document);
const operations = document.operations().filter(({ scope }) => scope !== null);
const withBody = operations.filter(({ body }) => body !== undefined);

test("every body has an example", () => {
  expect(withBody.filter(({ body }) => body?.examples.length === 0)).toEqual([]);
});

test.each(operations)("the examples of $id are valid and work as they are", async (operation) => {
  const { method, path, parameters, body } = operation;
  const { api } = await exampleWorld();
  const id = parameters.find(({ name }) => name === "id") as { example?: string } | undefined;
  const query = id === undefined ? "" : `?id=${id.example}`;
  expect([undefined, ...Object.values(EXAMPLE_IDS)]).toContain(id?.example);
  for (const example of body?.examples ?? [undefined]) {
    expect(body ? validator.bodyMistakes(operation, example) : []).toEqual([]);
    const answer = await api.send(method, path + query, { body: example });
    expect([answer.status, answer.body.error]).toEqual([expect.toBeOneOf([200, 201]), undefined]);
    expect(validator.undeclared(operation, answer)).toEqual([]);
  }
});
