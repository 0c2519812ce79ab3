import { expect, test } from "vitest";
import { askService, type ServiceRequest } from "../../shared/providers/outgoing/ask-service.ts";
import { ProviderFailed } from "../../shared/providers/outgoing/provider-failed.ts";
import { type Access, bearer, type Service } from "../../shared/providers/outgoing/service.ts";
import { type Answered, type StandIn, standIn } from "../support/providers/stand-in.ts";
import { startStubServer } from "../support/start-stub-server.ts";

const READ: ServiceRequest = { method: "GET", path: "/things?page=1" };
const WRITE: ServiceRequest = { method: "POST", path: "/things", json: { name: "Ünïcode" } };
const GOOD: Answered = { status: 200, body: { ok: true } };
const RATE: Answered = { status: 429, headers: { "retry-after": "0" }, body: { code: "slow" } };

async function service(answer: () => Answered = () => GOOD, access: Access = bearer("token-1")) {
  const api = await standIn(answer);
  const own: Service = {
    name: "Shop",
    url: api.url,
    access,
    codeOf: (body) => (body as { code?: string }).code ?? null,
  };
  return { api, own };
}

async function failing(work: Promise<unknown>): Promise<ProviderFailed> {
  const error = await work.then(() => null, (reason) => reason);
  expect(error).toBeInstanceOf(ProviderFailed);
  return error as ProviderFailed;
}

const times = ({ seen }: StandIn) => seen.length;

test("a service gets its token, JSON as it is and the query; its JSON is answered", async () => {
  const { api, own } = await service();
  expect((await askService(own, READ)).body).toEqual({ ok: true });
  await askService(own, WRITE);
  const [read, written] = api.seen;
  expect(read?.headers.authorization).toBe("Bearer token-1");
  expect(read?.query.get("page")).toBe("1");
  expect(written?.headers["content-type"]).toBe("application/json");
  expect(written?.body.toString()).toBe('{"name":"Ünïcode"}');
});

test("a read is tried again at 429, 500 and cut answers, at most 4 times in all", async () => {
  const { api, own } = await service();
  api.mishaps.push(RATE, { status: 503 }, { cut: "after" });
  expect((await askService(own, READ)).status).toBe(200);
  expect(times(api)).toBe(4);
  api.mishaps.push(...Array.from({ length: 4 }, () => ({ status: 500, body: { code: "down" } })));
  expect(await failing(askService(own, READ))).toMatchObject({ status: 500, code: "down" });
  expect(times(api)).toBe(8);
});

test("one that asks to wait longer than 5 s is not waited for", async () => {
  const { api, own } = await service();
  api.mishaps.push({ ...RATE, headers: { "retry-after": "6" } });
  expect(await failing(askService(own, READ))).toMatchObject({ status: 429, code: "slow" });
  expect(times(api)).toBe(1);
});

test("a write is tried again at 429 alone, and what may have happened is told", async () => {
  const { api, own } = await service();
  api.mishaps.push(RATE);
  await askService(own, WRITE);
  expect(times(api)).toBe(2);
  api.mishaps.push({ status: 500 });
  expect(await failing(askService(own, WRITE))).toMatchObject({ mayHaveHappened: true });
  api.mishaps.push({ cut: "after" });
  expect(await failing(askService(own, WRITE)))
    .toMatchObject({ status: null, mayHaveHappened: true });
  expect(times(api)).toBe(4);
  const { url, stop } = await startStubServer(() => {});
  await stop();
  const away = { ...own, url };
  expect(await failing(askService(away, WRITE))).toMatchObject({ mayHaveHappened: false });
});

test("a refused access is renewed once; one that stays refused is token_rejected", async () => {
  let token = "old";
  let renewals = 0;
  const access: Access = {
    headers: () => Promise.resolve({ Authorization: `Bearer ${token}` }),
    renew() {
      renewals++;
      token = "new";
      return Promise.resolve(true);
    },
    secrets: () => [token],
  };
  const refused: Answered = { status: 401, body: { code: "expired" } };
  const { api, own } = await service(() => GOOD, access);
  api.mishaps.push(refused);
  await askService(own, WRITE);
  expect(api.seen.map(({ headers }) => headers.authorization)).toEqual([
    "Bearer old",
    "Bearer new",
  ]);
  api.mishaps.push(refused, refused);
  expect(await failing(askService(own, READ))).toMatchObject({ code: "token_rejected" });
  expect(renewals).toBe(2);
});

test("what is expected is answered, other refusals are told without secrets", async () => {
  const { api, own } = await service();
  api.mishaps.push({ status: 404 }, { status: 400, body: { code: "bad token-1 token" } });
  expect((await askService(own, READ, [404])).status).toBe(404);
  const error = await failing(askService(own, READ));
  expect(error).toMatchObject({ status: 400, code: "bad ******** token", mayHaveHappened: false });
  expect(error.message).not.toContain("token-1");
});

test("of an answer no more is read than may be, and half of one is none", async () => {
  const { own } = await service(() => ({ status: 200, body: "x".repeat(50 * 1024 * 1024) }));
  const error = await failing(askService(own, WRITE));
  expect(error.message).toContain("too large");
  const { own: other, api } = await service();
  const half = { "content-length": "100", connection: "close" };
  api.mishaps.push({ status: 200, headers: half, body: '{"half"' });
  const asked = askService(other, { ...READ, isRepeatable: false });
  expect((await failing(asked)).message).toContain("cut short");
});
