import { expect, test } from "vitest";
import { generateApiKey } from "../../shared/auth/api-key.ts";
import { ApiClient } from "../support/api-client.ts";
import { ContractDocument } from "../support/contract-document.ts";
import { ContractValidator } from "../support/contract-validator.ts";
import { goodBody } from "../support/contract-world.ts";
import { testGateway } from "../support/gateway.ts";

const document = await ContractDocument.fetched();
const validator = new ContractValidator(document);
const operations = document.operations();

test.each([
  ["without a database", 503, "postgresql://lumenbase_api:unused@127.0.0.1:1/postgres"],
  ["that is not set up", 500, ""],
])("a server %s answers %i as the contract says, and the contract", async (_, status, database) => {
  const { url } = await testGateway({}, database);
  const api = new ApiClient(url, generateApiKey().key);
  for (const operation of operations) {
    const { method, path, scope, body } = operation;
    const answer = await api.send(method, path, body ? { body: goodBody(operation) } : {});
    expect([path, answer.status]).toEqual([path, scope === null ? 200 : status]);
    expect(validator.undeclared(operation, answer)).toEqual([]);
  }
});
