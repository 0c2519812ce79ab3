import { expect, test } from "vitest";
import { MOST_STREAMS } from "../../shared/dialects/lumenbase/events/open-streams.ts";
import { apiUrlWith } from "../support/as-role.ts";
import { listen } from "../support/event-stream-client.ts";
import { contactIn, FEED, feedWorld } from "../support/feed-world.ts";
import { testGateway } from "../support/gateway.ts";
import { asOwner, eventually, testWorkspace } from "../support/workspace.ts";

test("a stream brings what was there and then what happens, each as a page tells it", async () => {
  const { api, latest } = await feedWorld();
  const contact = await contactIn(api);
  const stream = await listen(api.key, { query: `?since=${latest}` });
  expect(stream.status).toBe(200);
  expect(Object.fromEntries(stream.headers)).toMatchObject({
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-ratelimit-limit": "100000",
  });
  await stream.until(1);
  expect(stream.text()).toMatch(/^retry: \d+\n\nid: /);
  await api.patch(`v1-public-contacts-crud?id=${contact.id}`, { title: "CEO\r\nand\u2028more" });
  await api.delete(`v1-public-contacts-crud?id=${contact.id}`);
  const messages = await stream.until(3);
  const { body } = await api.get(`${FEED}?since=${latest}`);
  expect(messages.map(({ data }) => data)).toEqual(body.data);
  expect(messages.map(({ id, type }) => [id, type]))
    .toEqual(body.data.map(({ id, type }: { id: string; type: string }) => [id, type]));
});

test("a client that lost its stream resumes it, also one that heard of nothing yet", async () => {
  const { api } = await testWorkspace();
  const types = "types=company.created";
  const stream = await listen(api.key, { query: `?since=latest&${types}` });
  await eventually(async () => stream.lastId() !== null);
  stream.leave();
  await contactIn(api);
  await api.post("v1-public-companies", { name: "A" });
  const query = `?since=latest&${types}`;
  const resumed = await listen(api.key, { query, lastEventId: stream.lastId() });
  const [message] = await resumed.until(1);
  expect(message!.data.after.name).toBe("A");
  resumed.leave();
  await api.post("v1-public-companies", { name: "B" });
  await contactIn(api, "other@example.com");
  // What is not of the types is passed over for good: Last-Event-ID moves without an event.
  const again = await listen(api.key, { query, lastEventId: resumed.lastId() });
  const [next] = await again.until(1);
  expect(next!.data.after.name).toBe("B");
  await contactIn(api, "last@example.com");
  await eventually(async () =>
    (await api.get(`${FEED}?since=${again.lastId()}`)).body.data.length === 0
  );
});

test("is refused before it begins, as a page is", async () => {
  const { api, apiWith } = await testWorkspace();
  const other = await feedWorld();
  for (
    const [query, lastEventId, field] of [
      ["?since=nonsense", null, "since"],
      ["", "nonsense", "Last-Event-ID"],
      ["?since=latest", other.latest, "Last-Event-ID"],
      ["?types=nothing", null, "types"],
    ] as const
  ) {
    const { status, body } = await listen(api.key, { query, lastEventId });
    expect([status, body.error.details.fields[0].field]).toEqual([400, field]);
  }
  expect((await listen(null)).status).toBe(401);
  const limited = await apiWith({ scopes: ["contacts:read"] });
  expect((await listen(limited.key)).status).toBe(403);
});

test("a HEAD request opens no stream", async () => {
  const { api } = await testWorkspace();
  for (let i = 0; i < MOST_STREAMS + 2; i++) {
    const { status } = await api.send("HEAD", FEED, { headers: { accept: "text/event-stream" } });
    expect(status).toBe(200);
  }
});

test("a key has so many streams at once, and one that is left makes room for another", async () => {
  const { api, apiWith } = await testWorkspace();
  const streams = await Promise.all(
    Array.from({ length: MOST_STREAMS }, () => listen(api.key, { query: "?since=latest" })),
  );
  expect(streams.map(({ status }) => status)).toEqual(Array(MOST_STREAMS).fill(200));
  const { status, headers, body } = await listen(api.key);
  expect([status, headers.get("retry-after")]).toEqual([429, "5"]);
  expect(body.error).toMatchObject({
    code: "RATE_LIMIT_EXCEEDED",
    details: { limit: "streams_per_key" },
  });
  expect((await listen((await apiWith({})).key)).status).toBe(200);
  streams[0]!.leave();
  await eventually(async () => (await listen(api.key)).status === 200);
});

test("a stream is one request, however long", async () => {
  const { api } = await testWorkspace({ requests_per_minute: 100 });
  const stream = await listen(api.key, { query: "?since=latest" });
  const left = Number(stream.headers.get("x-ratelimit-remaining"));
  const other = await testWorkspace();
  for (let i = 0; i < 5; i++) await contactIn(other.api, `c${i}@example.com`);
  await contactIn(api);
  await stream.until(1);
  const { headers } = await api.get(FEED);
  // The minute may have ended meanwhile.
  expect([left - 2, 99, 98]).toContain(Number(headers.get("x-ratelimit-remaining")));
});

test("a key that is revoked, or has lost the scope, ends its streams within 10 seconds", async () => {
  const { api, newKey } = await feedWorld();
  const [revoked, narrowed] = [await newKey(), await newKey()];
  const streams = await Promise.all(
    [api.key!, revoked.key, narrowed.key].map((key) => listen(key, { query: "?since=latest" })),
  );
  await asOwner("update crm.api_keys set revoked_at = now() where id = $1", [revoked.id]);
  await asOwner("update crm.api_keys set scopes = '{contacts:read}' where id = $1", [narrowed.id]);
  await Promise.all(streams.slice(1).map(({ ended }) => ended));
  const before = streams.slice(1).map(({ text }) => text());
  await contactIn(api);
  await streams[0]!.until(1);
  expect(streams.slice(1).map(({ text }) => text())).toEqual(before);
});

test("a stream ends by itself before the host would, and goes on where it was", async () => {
  const { url } = await testGateway({ LUMENBASE_STREAM_SECONDS: "1" });
  const { api } = await feedWorld(url);
  let stream = await listen(api.key, { query: "?since=latest", url });
  await stream.ended;
  const contact = await contactIn(api);
  const told: string[] = [];
  // A stream may be over before what another test writes lets the event be read.
  await eventually(async () => {
    stream = await listen(api.key, { lastEventId: stream.lastId(), url });
    await stream.ended;
    told.push(...stream.messages.map(({ data }) => data.record_id));
    return told.length > 0;
  });
  expect(told).toEqual([contact.id]);
});

test("waiting streams hold no connection, and outlive a database that is away", async () => {
  const name = "feed-streams";
  const apiUrl = apiUrlWith({ application_name: name });
  const { url } = await testGateway({ LUMENBASE_POOL_SIZE: "1" }, apiUrl);
  const { api } = await feedWorld(url);
  const streams = await Promise.all(
    Array.from({ length: MOST_STREAMS }, () => listen(api.key, { query: "?since=latest", url })),
  );
  const sessions = () =>
    asOwner<{ pid: number; state: string }>(
      "select pid, state from pg_stat_activity where application_name = $1",
      [name],
    );
  expect((await sessions()).length).toBeLessThanOrEqual(2);
  await contactIn(api);
  await Promise.all(streams.map(({ until }) => until(1)));
  for (const { pid } of await sessions()) await asOwner("select pg_terminate_backend($1)", [pid]);
  await eventually(async () => (await api.get(FEED)).status === 200);
  await contactIn(api, "second@example.com");
  await Promise.all(streams.map(({ until }) => until(2)));
});
