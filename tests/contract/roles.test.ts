import { describe, expect, test } from "vitest";
import type { ContractOperation } from "../support/contract-document.ts";
import { described } from "../support/dialects/index.ts";
import { ApiClient } from "../support/api-client.ts";
import { type LioRole, lioUser } from "../support/lio.ts";
import { pathOf } from "../support/operation-requests.ts";
import { gatewayUrl, testWorkspace } from "../support/workspace.ts";

type MayDo = (scope: string, operation: ContractOperation) => boolean;

const isRead = (scope: string) => /^read(:|$)|:read$/.test(scope);

/** What each role may do, by the scope that an operation needs. */
const ROLES: Record<string, Record<LioRole, MayDo>> = {
  Lumenbase: {
    admin: () => true,
    manager: (scope) => scope !== "admin",
    rep: (scope, { method }) =>
      !["admin", "events:read"].includes(scope) && !scope.startsWith("invoices:") &&
      !(method === "DELETE" && /^(contacts|companies|deals):/.test(scope)),
    viewer: isRead,
  },
  LeadHub: {
    admin: () => true,
    manager: (scope) => !["write:users", "delete:users", "write:integrations"].includes(scope),
    rep: (scope, { id }) =>
      scope === "write:leads" && id !== "takeLead" ||
      (isRead(scope) && scope !== "read:integrations"),
    viewer: isRead,
  },
};

const apis = (await described()).filter(({ name }) => name in ROLES);

describe.each(apis)("$name", ({ name, dialect, validator, operations }) => {
  const clients = testWorkspace().then((workspace) =>
    Promise.all(
      (["admin", "manager", "rep", "viewer"] as const).map(async (role) => {
        const { api } = await lioUser(workspace, role);
        return { role, api: new ApiClient(gatewayUrl(), api.key) };
      }),
    )
  );

  test.each(operations)("$id lets in the roles that have $scope", async (operation) => {
    const { method, scope, body } = operation;
    const path = `${pathOf(operation, {}).split("?")[0]}?unknown=1`;
    for (const { role, api } of await clients) {
      const answer = await api.send(method, path, body ? { body: {} } : {});
      const allowed = ROLES[name]?.[role](scope ?? "", operation);
      expect([role, answer.status !== 403], answer.text).toEqual([role, allowed]);
      dialect.expectError(answer, allowed ? "invalid" : "forbidden");
      expect(validator.undeclared(operation, answer)).toEqual([]);
    }
  });
});
