import { describe, expect, test } from "vitest";
import type { ApiResponse } from "../support/api-client.ts";
import type { ContractOperation } from "../support/contract-document.ts";
import { refusals, usedUp } from "../support/contract-refusals.ts";
import { RequestMaker } from "../support/contract-requests.ts";
import { seeded, ValueMaker } from "../support/contract-values.ts";
import { described } from "../support/dialects/index.ts";
import { takesPassword } from "../support/takes-password.ts";
import { readsOrAdds, worldsOf } from "../support/worlds-of.ts";

/** How many requests are made of each API at least, and of each of its operations. */
const OF_API = 600;
const OF_OPERATION = 12;
/** Of those that make a record or try to: of fewer none may be a dry run that succeeds. */
const OF_CREATION = 16;
/** Of those that hash a password. */
const OF_HASHING = 8;
const RECORDS = 16;
const TOGETHER = 4;

describe.each(await described())("$name", ({ dialect, document, validator, operations }) => {
  const each = Math.max(OF_OPERATION, Math.ceil(OF_API / operations.length));
  const worldOf = worldsOf((of) => dialect.world(of, RECORDS), readsOrAdds);
  let sent = 0;

  test.each(operations)("$method $path answers as the contract says", async (operation) => {
    const usual = isCreation(operation) ? Math.max(OF_CREATION, each) : each;
    const most = takesPassword(document, operation) ? OF_HASHING : usual;
    const world = await worldOf(operation);
    const values = new ValueMaker(document, seeded(operation.id), world.known);
    const targets = world.targets(operation);
    const usable = targets.length > 3 ? targets.slice(0, -3) : targets;
    const maker = new RequestMaker(operation, values, validator, usable);
    const seen = new Set<string>();
    const problems: string[] = [];
    const judge = (answer: ApiResponse, request: unknown, valid: boolean | null) => {
      sent++;
      seen.add(String(answer.status));
      const wrong = [
        ...validator.undeclared(operation, answer),
        ...(answer.status >= 500 ? ["the server failed"] : []),
        ...(valid === false && dialect.tookAll(answer)
          ? ["the contract refuses it, not the server"]
          : []),
        ...(valid === true ? misunderstood(answer) : []),
      ];
      for (const one of wrong) {
        problems.push(`${one}\n${JSON.stringify(request)}\n${answer.status} ${answer.text}`);
      }
    };
    for (let made = 0; made < most; made += TOGETHER) {
      const requests = Array.from({ length: TOGETHER }, () => maker.next());
      await Promise.all(requests.map(async (request) => {
        const { method, path, body, headers } = request;
        judge(await world.api.send(method, path, { body, headers }), request, request.valid);
      }));
    }
    const methods = new Set(
      document.operations().filter(({ path }) => path === operation.path)
        .map(({ method }) => method),
    );
    const refused = { dialect, operation, methods, world, spent: await usedUp(dialect) };
    for (const answer of await refusals(refused)) judge(answer, "a refusal", null);
    expect(problems).toEqual([]);
    expect([...seen].toSorted()).toEqual(provokable(operation));
  });

  test("enough requests were sent", () => {
    expect(sent).toBeGreaterThanOrEqual(OF_API);
  });

  function misunderstood(answer: ApiResponse): string[] {
    return dialect.mistakes(answer).filter(({ message }) => !dialect.onlyTheServer.test(message))
      .map(({ field, message }) => `the contract allows ${field}: ${message}`);
  }
});

function isCreation({ responses }: ContractOperation): boolean {
  return "200" in responses && "201" in responses;
}

/** What the database's absence and our own faults give takes more than a request. */
function provokable({ responses }: ContractOperation): string[] {
  return Object.keys(responses).filter((status) => Number(status) < 500).toSorted();
}
