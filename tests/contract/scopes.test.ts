import { expect, test } from "vitest";
import { SCOPES } from "../../shared/dialects/lumenbase/scopes.ts";
import { ApiClient } from "../support/api-client.ts";
import { ContractDocument } from "../support/contract-document.ts";
import { ContractValidator } from "../support/contract-validator.ts";
import { testWorkspace } from "../support/workspace.ts";

const document = await ContractDocument.fetched();
const validator = new ContractValidator(document);
const operations = document.operations().filter(({ scope }) => scope !== null);

const workspace = await testWorkspace();
const clients = new Map<string, ApiClient>();
for (const scope of SCOPES) clients.set(scope, await workspace.apiWith({ scopes: [scope] }));

// Written here again, from the specification, to differ when the server does.
function covers(scope: string, needed: string): boolean {
  const [resource, verb] = needed.split(":");
  if (scope === needed || scope === "admin") return true;
  if (scope === "read") return verb === "read";
  return (scope === "contact_ingest" && resource === "contacts") ||
    (scope === "activity_ingest" && resource === "activities");
}

test.each(operations)("$id takes keys with $scope and no others", async (operation) => {
  const { method, path, scope, body } = operation;
  const needed = scope ?? "";
  for (const [given, api] of clients) {
    const answer = await api.send(method, `${path}?unknown=1`, body ? { body: {} } : {});
    const allowed = answer.status !== 403;
    expect([given, allowed], answer.text).toEqual([given, covers(given, needed)]);
    expect(answer.status).toBe(allowed ? 400 : 403);
    const { required_scope = needed } = answer.body.error.details;
    expect([required_scope, answer.body.error.code]).toEqual([
      needed,
      allowed ? "VALIDATION_ERROR" : "FORBIDDEN",
    ]);
    expect(validator.undeclared(operation, answer)).toEqual([]);
  }
});

test("what is declared public needs no key", async () => {
  const open = document.operations().filter(({ scope }) => scope === null);
  expect(open.map(({ id }) => id)).toEqual(["getContract"]);
  for (const operation of open) {
    const { method, path } = operation;
    const answer = await new ApiClient(workspace.api.baseUrl, null).send(method, path, {});
    expect(answer.status).toBe(200);
    expect(validator.undeclared(operation, answer)).toEqual([]);
  }
});
