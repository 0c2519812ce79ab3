import { describe, expect, test } from "vitest";
import { generateApiKey } from "../../shared/auth/api-key.ts";
import { ApiClient } from "../support/api-client.ts";
import type { ContractOperation } from "../support/contract-document.ts";
import { described } from "../support/dialects/index.ts";
import { testGateway } from "../support/gateway.ts";
import { pathOf } from "../support/operation-requests.ts";

const SERVERS = [
  ["without a database", 503, "postgresql://lumenbase_api:unused@127.0.0.1:1/postgres"],
  ["that is not set up", 500, ""],
] as const;

describe.each(await described())("$name", ({ dialect, validator, all }) => {
  test.each(SERVERS)(
    "a server %s answers %i as the contract says, and the contract",
    async (_, status, database) => {
      const { url } = await testGateway({}, database);
      const key = await dialect.unknownKey?.() ?? generateApiKey(dialect.keys).key;
      const api = new ApiClient(url, key);
      for (const operation of all) {
        const { method, path, body } = operation;
        const answer = await api.send(
          method,
          pathOf(operation, {}),
          body ? { body: dialect.goodBody(operation) } : {},
        );
        expect([path, answer.status]).toEqual([path, expected(operation, status)]);
        expect(validator.undeclared(operation, answer)).toEqual([]);
      }
    },
  );
});

/** What is told of links that nobody signed, which needs no database. */
const UNSIGNED: Readonly<Record<string, number>> = { trackOpen: 200, trackClick: 404 };

// A document needs nothing, and what else is public and asks for no record no database.
function expected(
  { id, path, scope, body, responses }: ContractOperation,
  status: number,
): number {
  if (status === 503 && id in UNSIGNED) return UNSIGNED[id] ?? status;
  if (scope !== null || body !== undefined || path.includes("{")) return status;
  return status === 500 && !("304" in responses) ? 500 : 200;
}
