import { expect, test } from "vitest";
import type { ApiResponse, Json } from "../support/api-client.ts";
import { type TestConnector, testConnector } from "../support/connector.ts";
import { testGateway } from "../support/gateway.ts";
import { graphServer } from "../support/graph.ts";
import { providerSamples } from "../support/provider-samples/index.ts";
import { senderCases } from "../support/senders/index.ts";
import type { SenderCase } from "../support/senders/sender-case.ts";
import { asOwner, type TestWorkspace, testWorkspace } from "../support/workspace.ts";

const CASES = Object.entries(senderCases).flatMap(([preset, cases]) =>
  cases.map((one): [string, string, SenderCase] => [preset, one.name, one])
);

async function workspaceFor({ lookups }: SenderCase): Promise<TestWorkspace> {
  if (lookups === undefined) return await testWorkspace();
  const graph = await graphServer(lookups);
  const { url } = await testGateway({ META_GRAPH_URL: graph.url });
  return await testWorkspace({}, url);
}

async function sent(
  connector: TestConnector,
  preset: string,
  one: SenderCase["sends"][number],
): Promise<ApiResponse> {
  const provider = providerSamples.find((sample) => sample.preset === preset)!;
  const { contentType, body } = "json" in one
    ? { contentType: "application/json", body: JSON.stringify(one.json) }
    : one;
  const request = { method: "POST", url: connector.url, now: Date.now() };
  const proof = await provider.headers(provider.secrets.secret ?? "", body, request);
  // Bytes are sent without a type unless one is given.
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return await connector.send(bytes, {
    ...proof,
    ...(contentType === null ? {} : { "content-type": contentType }),
  });
}

function statusesOf({ data }: Json): string[] {
  return data.results?.map(({ status }: Json) => status) ?? [data.status];
}

function warnedOf({ data }: Json): string[] {
  const results: Json[] = data.results ?? [data];
  return results.flatMap(({ warnings = [] }) => warnings.map(({ field }: Json) => field));
}

async function stored({ id }: TestWorkspace, query: string): Promise<Json[]> {
  return await asOwner<Json>(`${query} where workspace_id = $1 order by created_at, id`, [id]);
}

test.each(CASES)("%s: %s", async (preset, _, one) => {
  const workspace = await workspaceFor(one);
  for (const contact of one.known ?? []) await workspace.api.post("v1-public-contacts", contact);
  const provider = providerSamples.find((sample) => sample.preset === preset)!;
  const connector = await testConnector(workspace, {
    preset,
    name: one.name.slice(0, 100),
    ...provider.secrets,
  });

  const warned: string[] = [];
  for (const [index, send] of one.sends.entries()) {
    const answer = await sent(connector, preset, send);
    expect(answer.status, answer.text).toBe(200);
    const expected = one.status?.[index] ?? "accepted";
    expect(new Set(statusesOf(answer.body)), answer.text).toEqual(new Set([expected]));
    warned.push(...warnedOf(answer.body));
  }
  expect(warned).toEqual(one.warnings ?? []);
  const kept = (await connector.deliveries()).flatMap(({ warnings }) => warnings);
  expect(kept.map(({ field }: Json) => field)).toEqual(one.warnings ?? []);

  const contacts = await stored(workspace, "select * from crm.contacts");
  const shown = (one.contacts ?? []).map((contact) => expect.objectContaining(contact));
  expect(contacts).toEqual(expect.arrayContaining(shown));
  expect(contacts).toHaveLength(one.contacts?.length ?? contacts.length);
  const companies = await stored(workspace, "select name from crm.companies");
  const names = companies.map(({ name }) => name);
  expect(names).toEqual(one.companies ?? names);
  const activities = await stored(workspace, "select title, description from crm.activities");
  const titles = activities.map(({ title }) => title);
  expect(titles).toEqual(one.activities ?? titles);
  expect(activities).toHaveLength(one.noteCount ?? activities.length);
  const notes = activities.map(({ description }) => description).join("\n");
  for (const text of one.notes ?? []) expect(notes).toContain(text);
  for (const text of one.noNotes ?? []) expect(notes).not.toContain(text);
});
