import { describe, expect, test } from "vitest";
import type { ApiResponse } from "../support/api-client.ts";
import { type ContractRequest, RequestMaker } from "../support/contract-requests.ts";
import { ValueMaker } from "../support/contract-values.ts";
import { described } from "../support/dialects/index.ts";
import { readsOrAdds, worldsOf } from "../support/worlds-of.ts";
import { again, dice, size, tell } from "./form.ts";
import { hostile } from "./hostile-requests.ts";
import { shrunk } from "./shrink.ts";

const SENT = size(500, 50_000);
const TOGETHER = 4;
const HANGS_MS = 60_000;

describe.each(await described())("$name", ({ name, dialect, document, validator, operations }) => {
  const each = Math.ceil(SENT / operations.length);
  const worldOf = worldsOf((of) => dialect.world(of, Math.min(each, 8)), readsOrAdds);
  const statuses: Record<number, number> = {};
  let sent = 0;

  test.each(operations)(
    "$method $path answers whatever it is sent as the contract says",
    async (operation) => {
      const world = await worldOf(operation);
      const random = dice(operation.id);
      const values = new ValueMaker(document, random, world.known);
      const maker = new RequestMaker(operation, values, validator, world.targets(operation));
      const send = ({ method, path, body, headers }: ContractRequest) =>
        within(world.api.send(method, path, { body, headers }));
      const wrongOf = (answer: ApiResponse) => [
        ...(answer.status >= 500 ? [`status ${answer.status}`] : []),
        ...validator.undeclared(operation, answer),
        ...unescaped(answer),
      ];
      const failures: ContractRequest[] = [];
      let left = each;
      const client = async () => {
        while (left-- > 0 && failures.length === 0) {
          const request = hostile(maker.next(), random);
          const answer = await send(request);
          sent++;
          statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
          if (wrongOf(answer).length > 0) failures.push(request);
        }
      };
      await Promise.all(Array.from({ length: TOGETHER }, client));
      for (const failure of failures) {
        const least = await shrunk(failure, async (one) => wrongOf(await send(one)).length > 0);
        const answer = await send(least);
        const shown = `${again}\n${JSON.stringify(least)}\n${answer.status} ${answer.text}`;
        expect.fail(`${wrongOf(answer).join("; ")}\n${shown}`);
      }
    },
    size(300_000, 1_800_000),
  );

  test("requests were sent, and answered in every way", () => {
    const [invalid] = dialect.refusals.invalid;
    expect(sent).toBeGreaterThanOrEqual(SENT);
    expect(Object.keys(statuses))
      .toEqual(expect.arrayContaining(["200", "201", String(invalid), "404"]));
    tell(`generated requests of ${name}`, { sent, ...statuses });
  });
});

/**
 * What a browser could take for more than it is: a type other than JSON, text or CSV, unless it is a page that may
 * run and load nothing, or a header with other than printable characters.
 */
function unescaped({ headers, text }: ApiResponse): string[] {
  const type = headers.get("content-type") ?? "";
  const isPage = type === "text/html; charset=utf-8" && !/<script|\son\w+=/i.test(text) &&
    headers.get("content-security-policy")?.startsWith("default-src 'none';");
  const told = [...headers].filter(([, value]) => /[^\x20-\x7e]/.test(value));
  const isSafe = text === "" ? type === "" : isPage || SAFE.test(type);
  return [
    ...(isSafe ? [] : [`type ${type}`]),
    ...(headers.get("x-content-type-options") === "nosniff" ? [] : ["no nosniff"]),
    ...told.map(([name]) => `header ${name} is not printable`),
  ];
}

const SAFE = /^(application\/json|text\/(plain|csv)); charset=utf-8$/;

async function within<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${HANGS_MS} ms`)), HANGS_MS);
  });
  return await Promise.race([answer, hung]).finally(() => clearTimeout(timer));
}
