import { describe, expect, test } from "vitest";
import { expectError } from "../support/expect-error.ts";
import { idOf, linksIn } from "../support/links.ts";
import { expectMistakes, NOBODY } from "../support/records.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const PATH = "v1-public-activities";
const RECORDS = "v1-public-activities-crud";

describe("entity fields", () => {
  const FOUND = ["entity_email", "entity_domain", "entity_id"];
  const LINKS = ["contact_id", "company_id", "deal_id"];

  // Every combination of found, not found and absent.
  const choices = ["found", "unknown", "absent"];
  const combinations = choices.flatMap((a) =>
    choices.flatMap((b) => choices.map((c) => [a, b, c] as const))
  );

  test.each(combinations)("email %s, domain %s, id %s", async (...chosen) => {
    const workspace = await testWorkspace();
    const links = await linksIn(workspace);
    const found = [links.email.toUpperCase(), `https://www.${links.domain}/x`, links.deal_id];
    const unknown = ["nobody@nowhere.example", "nowhere.example", NOBODY];
    const given = FOUND.flatMap((field, i) => {
      const value = { found: found[i], unknown: unknown[i] }[chosen[i]!];
      return value === undefined ? [] : [[field, value]];
    });
    const body = { type: "note", ...Object.fromEntries(given) };
    const response = await workspace.api.post(PATH, body);
    expect(response.status, response.text).toBe(201);
    const { unmatched, ...stored } = response.body.data;
    const expected = LINKS.map((link, i) =>
      chosen[i] === "found" ? links[link as keyof typeof links] : null
    );
    expect(LINKS.map((link) => stored[link])).toEqual(expected);
    expect(unmatched).toEqual(FOUND.filter((_, i) => chosen[i] === "unknown"));
    const read = await workspace.api.get(`${RECORDS}?id=${stored.id}`);
    expect(read.body.data).toEqual(stored);
  });

  test("a record of another workspace is not found, and the activity stored all the same", async () => {
    const [mine, theirs] = [await testWorkspace(), await testWorkspace()];
    const { email, domain, deal_id } = await linksIn(theirs);
    const body = { type: "note", entity_email: email, entity_domain: domain, entity_id: deal_id };
    const { status, body: { data } } = await mine.api.post(PATH, body);
    expect([status, data.unmatched]).toEqual([201, FOUND]);
    expect(LINKS.map((link) => data[link])).toEqual([null, null, null]);
  });

  test("null is no entity, and a malformed one is named", async () => {
    const { api } = await testWorkspace();
    const nothing = Object.fromEntries(FOUND.map((field) => [field, null]));
    expect((await api.post(PATH, { type: "note", ...nothing })).body.data.unmatched).toEqual([]);
    const wrong = { type: "note", entity_email: "no", entity_domain: "no", entity_id: "no" };
    expectMistakes(await api.post(PATH, wrong), FOUND);
  });
});

test.each(["note", "jira_issue_created", "a", "x9_", "x".repeat(64), "our_own_type"])(
  "takes the type %s and filters by it",
  async (type) => {
    const { api } = await testWorkspace();
    const { status, body } = await api.post(PATH, { type });
    expect([status, body.data.type]).toEqual([201, type]);
    const list = await api.get(`${RECORDS}?type=${type}`);
    expect(list.body.data.items).toHaveLength(1);
  },
);

test.each(["", "Note", "two words", "kebab-case", "9lives", "_x", "note\n", "é", "x".repeat(65)])(
  "refuses the type %j",
  async (type) => {
    const { api } = await testWorkspace();
    const [message] = expectMistakes(await api.post(PATH, { type }), ["type"]);
    expect(message).toContain("snake_case");
  },
);

test.each([
  ["2026-01-15T10:30:00Z", "2026-01-15T10:30:00.000000Z"],
  ["2026-01-15T12:30:00+02:00", "2026-01-15T10:30:00.000000Z"],
  ["2026-01-15T00:00:00.5-05:30", "2026-01-15T05:30:00.500000Z"],
  ["2026-01-15T10:30:00.123456Z", "2026-01-15T10:30:00.123456Z"],
  ["2026-01-01T01:00:00+14:00", "2025-12-31T11:00:00.000000Z"],
  ["2028-02-29T23:59:59.999Z", "2028-02-29T23:59:59.999000Z"],
  ["1969-07-20T20:17:40Z", "1969-07-20T20:17:40.000000Z"],
  ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"],
  ["0001-01-01T15:59:00+15:59", "0001-01-01T00:00:00.000000Z"],
  ["9999-12-31T23:59:59.9999994Z", "9999-12-31T23:59:59.999999Z"],
])("the timestamp %s is the instant %s", async (timestamp, instant) => {
  const { api } = await testWorkspace();
  const { status, body } = await api.post(PATH, { type: "note", timestamp });
  expect([status, body.data.timestamp]).toEqual([201, instant]);
  const [listed] = (await api.get("v1-public-activities-crud")).body.data.items;
  expect(listed.timestamp).toBe(instant);
});

test.each([
  "2026-01-15",
  "2026-01-15T10:30:00",
  "2026-02-30T10:30:00Z",
  "2026-01-15T25:00:00Z",
  "2026-01-15 10:30:00Z",
  "0000-01-01T00:00:00Z",
  "0001-01-01T00:00:00+00:01",
  "9999-12-31T23:59:00-00:01",
  "9999-12-31T23:59:59.9999995Z",
  "2026-01-15T10:30:00+16:00",
  "2026-01-15T10:30:00-23:59",
  "now",
  "infinity",
])("refuses the timestamp %j", async (timestamp) => {
  const { api } = await testWorkspace();
  expectMistakes(await api.post(PATH, { type: "note", timestamp }), ["timestamp"]);
});

test.each([{}, { timestamp: "" }])("without a timestamp it is now: %j", async (given) => {
  const { api } = await testWorkspace();
  const { body } = await api.post(PATH, { type: "note", ...given });
  expect(body.data.timestamp).toBe(body.data.created_at);
  expect(body.data).toMatchObject({ title: null, description: null, data: {} });
});

describe("the daily cap", () => {
  test("is exact under 20 parallel requests, and says when to come back", async () => {
    const { api, id } = await testWorkspace({ activities_per_day: 7 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.post(PATH, { type: "note" })),
    );
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([...Array(7).fill(201), ...Array(13).fill(429)]);
    for (const answer of answers.filter(({ status }) => status === 429)) {
      expectError(answer, 429, "RATE_LIMIT_EXCEEDED");
      expect(answer.body.error.details).toEqual({ limit: "activities_per_day" });
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect((await api.get(RECORDS)).body.data.pagination.total).toBe(7);
    const used = await asOwner(
      "select sum(activities)::int as activities from crm.daily_usage where workspace_id = $1",
      [
        id,
      ],
    );
    expect(used).toEqual([{ activities: 7 }]);
  });

  test("is shared with the notes of contact ingest, and not given back by a delete", async () => {
    const { api } = await testWorkspace({ activities_per_day: 2 });
    const id = idOf(await api.post(PATH, { type: "note" }));
    await api.post("v1-public-contacts", { email: "a@example.com", message: "hi" });
    expect((await api.delete(`${RECORDS}?id=${id}`)).status).toBe(200);
    expect((await api.post(PATH, { type: "note" })).status).toBe(429);
    expect((await api.get(RECORDS)).status).toBe(200);
  });

  test("counts no refused activity", async () => {
    const { api } = await testWorkspace({ activities_per_day: 1 });
    expect((await api.post(PATH, { type: "No" })).status).toBe(400);
    expect((await api.post(PATH, { type: "note" })).status).toBe(201);
  });
});

test("a note of contact ingest is an activity like others", async () => {
  const { api } = await testWorkspace();
  const { body } = await api.post("v1-public-contacts", {
    email: "a@example.com",
    message: "Call me",
  });
  const list = (await api.get(`${RECORDS}?contact_id=${body.data.id}`)).body.data.items;
  expect(list).toEqual([expect.objectContaining({ type: "note", description: "Call me" })]);
});

test("an activity cannot be changed", async () => {
  const { api } = await testWorkspace();
  const id = idOf(await api.post(PATH, { type: "note" }));
  expectError(await api.patch(`${RECORDS}?id=${id}`, { title: "x" }), 405, "METHOD_NOT_ALLOWED");
});
