import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectInvalid, expectMissing, leadHub, record } from "../support/leadhub.ts";
import { type Received, verified, webhookReceiver } from "../support/webhook-receiver.ts";
import { all, deliveries, leadEvent, tell, webhook } from "../support/webhooks.ts";
import { asOwner } from "../support/workspace.ts";

const WHSEC = /^whsec_[A-Za-z0-9+/]{43}=$/;
const MASKED = "********";

function signatures({ headers }: Received): string[] {
  return String(headers["webhook-signature"]).split(" ");
}

/** Has an event delivered; answers the request of it. */
async function delivered(
  { id, api }: Awaited<ReturnType<typeof leadHub>>,
  made: Json,
  requests: Received[],
): Promise<Received> {
  const before = requests.length;
  await tell(id, leadEvent());
  await deliveries(api, made, (found) => all("succeeded")(found) && requests.length > before);
  return requests.at(-1)!;
}

test("the secret is told when it is made, and masked ever after", async () => {
  const { id, api } = await leadHub();
  const { url } = await webhookReceiver();
  const made = await webhook(api, url);
  expect(made.settings.secret).toMatch(WHSEC);
  const one = `integrations/${made.id}`;
  for (const seen of [await api.get(one), await api.patch(one, { name: "Other" })]) {
    expect(record(seen).settings).toEqual({ url, secret: MASKED, events: ["lead.created"] });
  }
  const given = `whsec_${Buffer.alloc(24, "given").toString("base64")}`;
  const own = await webhook(api, url, { secret: given });
  expect(own.settings.secret).toBe(MASKED);
  const stored = await asOwner<{ row: string }>(
    "select to_jsonb(i)::text as row from crm.integrations i where workspace_id = $1",
    [id],
  );
  for (const { row } of stored) {
    expect(row).not.toContain(given);
    expect(row).not.toContain(made.settings.secret);
  }
});

test("a retry of the creation tells the secret again; what is kept of the answer is sealed", async () => {
  const { id, api } = await leadHub();
  const { url } = await webhookReceiver();
  const headers = { "Idempotency-Key": "make it once" };
  const body = { type: "webhook", settings: { url } };
  const first = await api.post("integrations", body, headers);
  const again = await api.post("integrations", body, headers);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(again.text).toBe(first.text);
  const [kept] = await asOwner<{ body: string }>(
    "select body from crm.idempotency_keys where workspace_id = $1",
    [id],
  );
  expect(kept!.body).not.toContain("whsec_");
});

test("while a rotation overlaps both secrets sign, then the new one alone", async () => {
  const world = await leadHub();
  const { id, api } = world;
  const { url, requests } = await webhookReceiver();
  const made = await webhook(api, url);
  const one = `integrations/${made.id}`;
  const rotated = record(await api.post(`${one}/rotate-secret`, {}));
  const [before, now] = [made.settings.secret, rotated.settings.secret];
  expect(now).toMatch(WHSEC);
  expect(now).not.toBe(before);
  expect(record(await api.get(one)).settings.secret).toBe(MASKED);
  const overlapping = await delivered(world, made, requests);
  expect(signatures(overlapping)).toHaveLength(2);
  expect(verified(overlapping, before)).toEqual(verified(overlapping, now));
  await asOwner(
    "update crm.integrations set former_secret_until = now() - interval '1 s' where workspace_id = $1",
    [id],
  );
  const after = await delivered(world, made, requests);
  expect(signatures(after)).toHaveLength(1);
  verified(after, now);
  expect(() => verified(after, before)).toThrow("No matching signature");
});

test("a rotation can end the former secret at once; one that is given replaces both", async () => {
  const world = await leadHub();
  const { url, requests } = await webhookReceiver();
  const made = await webhook(world.api, url);
  const one = `integrations/${made.id}`;
  const rotate = (overlap_seconds: number) =>
    world.api.post(`${one}/rotate-secret`, { overlap_seconds });
  const { settings } = record(await rotate(0));
  const request = await delivered(world, made, requests);
  expect(signatures(request)).toHaveLength(1);
  verified(request, settings.secret);
  record(await rotate(604_800));
  const secret = `whsec_${Buffer.alloc(64, 7).toString("base64")}`;
  record(await world.api.patch(one, { settings: { secret } }));
  const last = await delivered(world, made, requests);
  expect(signatures(last)).toHaveLength(1);
  verified(last, secret);
  const kept = { settings: { secret: MASKED, url } };
  record(await world.api.patch(one, kept));
  verified(await delivered(world, made, requests), secret);
});

test("each mistake of a rotation is told by field", async () => {
  const { api } = await leadHub();
  const made = await webhook(api, "https://shop.example.com/hook");
  const range = ["Must be a whole number of seconds from 0 to 604800."];
  for (const overlap_seconds of [-1, 604_801, 1.5, "1"]) {
    expectInvalid(await api.post(`integrations/${made.id}/rotate-secret`, { overlap_seconds }), {
      overlap_seconds: range,
    });
  }
  const ads = await api.made("integrations", { type: "google_ads", settings: { google_key: "k" } });
  expectInvalid(await api.post(`integrations/${ads.id}/rotate-secret`, {}), {
    type: ["Must be webhook; it is google_ads, which has no secret to rotate."],
  });
  expectMissing(await api.post("integrations/1/rotate-secret", {}), "No integration with id 1.");
});

test.each([
  "whsec_",
  "whsec_AAAA",
  `whsec_${Buffer.alloc(23).toString("base64")}`,
  `whsec_${Buffer.alloc(65).toString("base64")}`,
  Buffer.alloc(32).toString("base64"),
  MASKED,
])("%s is no secret of a new webhook", async (secret) => {
  const { api } = await leadHub();
  const settings = { url: "https://shop.example.com/hook", secret };
  const { status, body } = await api.post("integrations", { type: "webhook", settings });
  expect([status, Object.keys(body.errors)]).toEqual([422, ["settings.secret"]]);
});
