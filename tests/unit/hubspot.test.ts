import { expect, test } from "vitest";
import {
  type ContactsAsked,
  hubspot,
  hubspotContacts,
  type HubspotCursor,
  hubspotProperties,
} from "../../shared/providers/crm-import/hubspot.ts";
import { ProviderFailed } from "../../shared/providers/outgoing/provider-failed.ts";
import { bearer } from "../../shared/providers/outgoing/service.ts";
import {
  HUBSPOT_TOKEN,
  hubspotContacts as contactsOf,
} from "../support/providers/hubspot-account.ts";
import { hubspotApi, tooMany } from "../support/providers/hubspot-api.ts";

const START: HubspotCursor = { after: null, behind: null };
const ALL: ContactsAsked = { properties: ["email"], from: null, to: null, most: 100 };

async function world(count: number) {
  const api = await hubspotApi();
  api.contacts.push(...contactsOf(count));
  const service = hubspot({ HUBSPOT_API_URL: api.url }, bearer(HUBSPOT_TOKEN));
  const page = (asked: ContactsAsked, cursor = START) =>
    hubspotContacts(service, asked, cursor, AbortSignal.timeout(60_000));
  const every = async (asked: ContactsAsked) => {
    const ids: string[] = [];
    for (let cursor: HubspotCursor | null = START; cursor !== null;) {
      const { contacts, next } = await page(asked, cursor);
      ids.push(...contacts.map(({ id }) => id));
      cursor = next;
    }
    return ids;
  };
  return { api, service, page, every };
}

const upTo = (count: number) => Array.from({ length: count }, (_, n) => `${n + 1}`);

test("contacts are read page by page, each once, also behind the 10,000 that a search finds", async () => {
  const { every, page, api } = await world(10_250);
  const from = Date.UTC(2026, 0, 1);
  expect(await every({ ...ALL, from })).toEqual(upTo(10_250));
  expect(await page({ ...ALL, from })).toMatchObject({ total: 10_250 });
  // Both ends included, in milliseconds.
  const ids = await every({ ...ALL, from: from + 99, to: from + 200 });
  expect(ids).toEqual(upTo(201).slice(99));
  api.contacts.splice(250);
  expect(await every(ALL)).toEqual(upTo(250));
  expect(await page(ALL)).toMatchObject({ total: null });
});

test("properties are told with what they are", async () => {
  const { service } = await world(0);
  const known = { type: "string", fieldType: "text", isHidden: false, isReadOnly: false };
  expect(await hubspotProperties(service, "contacts")).toEqual([
    { ...known, name: "email", label: "Email" },
    { ...known, name: "createdate", label: "Create Date", isReadOnly: true },
    { ...known, name: "hs_secret", label: "Secret", isHidden: true },
  ]);
});

const BROKEN = [
  ["half an answer", { cut: "after" }],
  ["status 500", { status: 500, body: { status: "error" } }],
  ["too many requests", tooMany(0)],
] as const;

test.each(BROKEN)("a search with %s is asked for again", async (_, mishap) => {
  const { api, page } = await world(1);
  api.mishaps.push(mishap, mishap);
  expect((await page({ ...ALL, from: 0 })).contacts).toHaveLength(1);
  expect(api.seen).toHaveLength(3);
});

const UNREADABLE = [
  ["no JSON", { status: 200, body: "<html>" }, "cannot be read"],
  ["other fields", { status: 200, body: { results: [{ id: 1 }] } }, "cannot be read"],
  ["an end that never comes", {
    status: 200,
    body: { results: [], paging: { next: { after: "1" } } },
  }, "cannot be read"],
  ["50 MB", { status: 200, body: Buffer.alloc(50 * 1024 * 1024, 32) }, "too large"],
  ["a longer wait than is waited", tooMany(30), "RATE_LIMITS"],
  ["a token that is refused", { status: 401, body: { category: "INVALID_AUTHENTICATION" } }, "401"],
] as const;

test.each(UNREADABLE)("an answer with %s fails, with a reason", async (_, mishap, reason) => {
  const { api, page } = await world(1);
  api.mishaps.push(mishap);
  const failed = await page(ALL).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(ProviderFailed);
  expect(String(failed)).toContain(reason);
  expect(String(failed)).not.toContain(HUBSPOT_TOKEN);
  expect(api.seen).toHaveLength(1);
});
