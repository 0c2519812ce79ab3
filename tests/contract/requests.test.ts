import { describe, expect, test } from "vitest";
import type { ApiResponse } from "../support/api-client.ts";
import { ContractDocument, type ContractOperation } from "../support/contract-document.ts";
import { refusals, usedUp } from "../support/contract-refusals.ts";
import { RequestMaker } from "../support/contract-requests.ts";
import { ContractValidator } from "../support/contract-validator.ts";
import { seeded, ValueMaker } from "../support/contract-values.ts";
import { contractWorld } from "../support/contract-world.ts";

const EACH = 70;
const TOGETHER = 4;

const document = await ContractDocument.fetched();
const validator = new ContractValidator(document);
const operations = document.operations().filter(({ scope }) => scope !== null);
const spent = await usedUp();
let sent = 0;

describe.each(operations)("$method $path", (operation) => {
  test("answers as the contract says", async () => {
    const world = await contractWorld(operation.resource, EACH);
    const values = new ValueMaker(document, seeded(operation.id), world.known);
    const ids = world.ids[operation.resource]?.slice(0, -3) ?? [];
    const usable = ids.length > 0 ? ids : world.ids[operation.resource] ?? [];
    const maker = new RequestMaker(operation, values, validator, usable);
    const seen = new Set<string>();
    const problems: string[] = [];
    const judge = (answer: ApiResponse, request: unknown, valid: boolean | null) => {
      sent++;
      seen.add(String(answer.status));
      const wrong = [
        ...validator.undeclared(operation, answer),
        ...(answer.status >= 500 ? ["the server failed"] : []),
        ...(valid === false && tookAll(answer) ? ["the contract refuses it, not the server"] : []),
        ...(valid === true ? misunderstood(answer) : []),
      ];
      for (const one of wrong) {
        problems.push(`${one}\n${JSON.stringify(request)}\n${answer.status} ${answer.text}`);
      }
    };
    for (let made = 0; made < EACH; made += TOGETHER) {
      const requests = Array.from({ length: TOGETHER }, () => maker.next());
      await Promise.all(requests.map(async (request) => {
        const { method, path, body, headers } = request;
        judge(
          await world.workspace.api.send(method, path, { body, headers }),
          request,
          request.valid,
        );
      }));
    }
    for (const answer of await refusals(operation, world, spent)) {
      judge(answer, "a refusal", null);
    }
    expect(problems).toEqual([]);
    expect([...seen].toSorted()).toEqual(provokable(operation));
  });
});

test("at least 2,000 requests were sent", () => expect(sent).toBeGreaterThanOrEqual(2000));

/** What the database's absence and our own faults give takes more than a request. */
function provokable({ responses }: ContractOperation): string[] {
  return Object.keys(responses).filter((status) => Number(status) < 500).toSorted();
}

function tookAll({ status, body }: ApiResponse): boolean {
  if (status === 207) return false;
  return status < 300 &&
    (body?.data.summary?.failed ?? 0) + (body?.data.summary?.skipped ?? 0) === 0;
}

function misunderstood({ body }: ApiResponse): string[] {
  const results: ApiResponse["body"][] = (body?.data ?? body?.error.details)?.results ?? [];
  const errors = results.length > 0
    ? results.flatMap(({ error }) => error ?? [])
    : [{ fields: body?.error?.details?.fields }];
  return errors.flatMap(({ fields = [] }) =>
    fields.filter(({ message }: { message: string }) => !ONLY_THE_SERVER.test(message))
      .map(({ field, message }: Record<string, string>) =>
        `the contract allows ${field}: ${message}`
      )
  );
}

// What a schema cannot say: it depends on other records, other fields, or lists kept elsewhere.
const ONLY_THE_SERVER = new RegExp([
  "^No \\w+ with this id",
  "^Another \\w+( of the batch)? has this",
  "^No earlier item has this client_ref",
  "^The item with this client_ref failed",
  "^Must be a stage of the pipeline",
  "^Is \\S+, but the other numbers give",
  "^Must be subtotal \\+ tax_amount",
  "^Belongs to another request",
  // Of connectors:
  "^Is required(; | without a preset|, as )",
  "^Must fill ",
  "^Must be (user:password|printable ASCII)",
  "^Would prove nothing",
  "^Must be (contact|activity), which this preset is for",
  "^Must (contain|have no braces but) \\{",
  "^Unknown; ",
  "\\(column \\d+\\)\\.$",
  "^Must be the id or the slug of a connector",
  "^Is for the other target",
  "^Must be (a phone number|a domain|a web address|a country code|a currency code)",
].join("|"));
