import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testConnector } from "../support/connector.ts";
import { signedHeaders, webflow } from "../support/signatures.ts";
import { asOwner, type TestWorkspace, testWorkspace } from "../support/workspace.ts";
import { tell } from "./form.ts";
import {
  bracketed,
  HOUR,
  type ShiftedGateway,
  shiftedGateway,
  SKEWS,
} from "./shifted-clock-gateway.ts";

const CONTACTS = "v1-public-contacts";
const DEALS = "v1-public-deals";
const SECRET = "It's a secret";
let checked = 0;

describe.each(SKEWS)("functions whose clock is %s", (_, shift) => {
  let gateway: ShiftedGateway;
  const newWorkspace = () => testWorkspace({}, gateway.url);

  beforeAll(async () => {
    gateway = await shiftedGateway(shift);
  });
  afterAll(async () => {
    await gateway.stop();
  });

  test("tell their own time in `meta` alone: that they are wrong is seen there", async () => {
    const { api } = await newWorkspace();
    const { before, result, after } = await bracketed(() => api.get(DEALS));
    const told = Date.parse(result.body.meta.timestamp) - shift;
    // Whole milliseconds of two clocks of this machine.
    expect(told).toBeGreaterThanOrEqual(before - 5);
    expect(told).toBeLessThanOrEqual(after + 5);
    checked++;
  });

  test("keep records with the database's time", async () => {
    const { api } = await newWorkspace();
    const { before, result, after } = await bracketed(async () => {
      const { body } = await api.post(CONTACTS, { email: "a@example.com", message: "Hello" });
      const deal = await api.post(DEALS, { title: "Deal" });
      const changed = await api.patch(`${DEALS}?id=${deal.body.data.id}`, { title: "Other" });
      const { body: noted } = await api.get("v1-public-activities-crud");
      const [note] = noted.data.items;
      return [
        body.data.created_at,
        body.data.updated_at,
        changed.body.data.created_at,
        changed.body.data.updated_at,
        note.created_at,
        note.timestamp,
        new Date(parseInt(body.data.id.replaceAll("-", "").slice(0, 12), 16)).toISOString(),
      ];
    });
    for (const time of result) {
      expect(Date.parse(time)).toBeGreaterThanOrEqual(before - 1);
      expect(Date.parse(time)).toBeLessThanOrEqual(after);
    }
    checked += result.length;
  });

  test("let keys in until the database says that they have expired", async () => {
    const workspace = await newWorkspace();
    for (const [minutes, status] of [[10, 200], [-10, 401]] as const) {
      const expiresAt = new Date(Date.now() + minutes * 60_000);
      const api = await workspace.apiWith({ expiresAt });
      for (let again = 0; again < 2; again++) expect((await api.get(DEALS)).status).toBe(status);
      checked++;
    }
  });

  test("let a rotated token in for its overlap and no longer", async () => {
    const workspace = await newWorkspace();
    const [kept, ended] = [await testConnector(workspace), await testConnector(workspace)];
    for (const { id } of [kept, ended]) {
      const path = `v1-public-connectors/rotate-token?id=${id}`;
      expect((await workspace.api.post(path, { overlap_seconds: 600 })).status).toBe(200);
    }
    await asOwner(
      `update crm.connector_tokens set expires_at = now() - interval '1 second'
        where connector_id = $1 and expires_at is not null`,
      [ended.id],
    );
    expect((await kept.send({ email: "a@example.com" })).status).toBe(200);
    expect((await ended.send({ email: "b@example.com" })).status).toBe(401);
    checked += 2;
  });

  test("take what was signed now, and nothing signed an hour away", async () => {
    const verification = { ...webflow, signed: "{timestamp}:{body}" };
    const connector = await testConnector(await newWorkspace(), { verification, secret: SECRET });
    const body = JSON.stringify({ email: "signed@example.com" });
    for (const [away, status] of [[0, 200], [shift, 401], [HOUR, 401], [-HOUR, 401]] as const) {
      const signed = (time: string) => `${time}:${body}`;
      const headers = await signedHeaders(webflow, signed, Date.now() + away, SECRET);
      expect((await connector.send(body, headers)).status).toBe(status);
      checked++;
    }
  });

  test("give expressions the database's time", async () => {
    const field_map = { email: "email", message: "$now()", title: "$string($millis())" };
    const workspace = await newWorkspace();
    const connector = await testConnector(workspace, { target: "contact", field_map });
    const { before, result, after } = await bracketed(async () => {
      expect((await connector.send({ email: "now@example.com" })).status).toBe(200);
      return (await connector.deliveries())[0];
    });
    for (const time of [Date.parse(result.mapped.message), Number(result.mapped.title)]) {
      expect(time).toBeGreaterThanOrEqual(before - 1_000);
      expect(time).toBeLessThanOrEqual(after + 1_000);
    }
    checked += 2;
  });

  test("replay an answer for 24 hours of the database's time", async () => {
    const workspace = await newWorkspace();
    for (const [hours, replayed] of [[23, "true"], [25, null]] as const) {
      const headers = { "idempotency-key": `${hours} hours ago` };
      const send = () => workspace.api.post(DEALS, { title: `${hours}` }, headers);
      expect((await send()).status).toBe(201);
      await age(workspace, "idempotency_keys", `${hours} hours`);
      expect((await send()).headers.get("idempotency-replayed")).toBe(replayed);
      checked++;
    }
  });

  test("keep deliveries for 30 days of the database's time", async () => {
    const workspace = await newWorkspace();
    const connector = await testConnector(workspace);
    for (const days of [31, 29]) {
      await connector.send({ email: `${days}@example.com` });
      await age(workspace, "connector_deliveries", `${days} days`);
    }
    await connector.send({ email: "new@example.com" });
    await asOwner("select app.housekeep(10000)");
    const kept = async () => (await connector.deliveries()).map((one) => one.mapped.email);
    // One that another process is just about to delete is passed over.
    await expect.poll(kept).toEqual(["new@example.com", "29@example.com"]);
    checked += 2;
  });

  test("answered no request with a server error", () => {
    const statuses = gateway.statuses();
    expect(statuses.length).toBeGreaterThan(20);
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
  });
});

async function age({ id }: TestWorkspace, table: string, by: string): Promise<void> {
  await asOwner(
    `update crm.${table} set created_at = now() - $2::interval
      where workspace_id = $1 and created_at > now() - interval '1 hour'`,
    [id, by],
  );
}

afterAll(() =>
  tell("clock skew: times, keys, signatures, windows", { checked, wrong: 0, "5xx": 0 })
);
