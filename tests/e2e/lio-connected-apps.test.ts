import { expect, test } from "vitest";
import { expectLioError, expectLioFields, lioWorld, TIME } from "../support/lio.ts";
import { appWorld, imported } from "../support/lio-apps.ts";

const IMPORT = "connected-apps/hubspot/import";
const MAPPING = {
  lead: { email: "email", firstname: "first_name", plan: "custom_fields.plan" },
  company: { name: "company_name" },
};

test("the apps of the organisation and of the caller are listed, whether or not they are connected", async () => {
  const { admin, user, connect } = await appWorld(["microsoft", "slack"]);
  const other = await user("rep");
  await connect("google", undefined, other.id);
  const app = (provider: string, name: string, scope: string, isConnected: boolean) => ({
    provider,
    name,
    status: isConnected ? "connected" : "not_connected",
    scope,
    connected_at: isConnected ? TIME : null,
    last_error: null,
  });
  const listed = (isTheirs: boolean) => ({
    success: true,
    message: "Connected apps fetched",
    data: [
      app("hubspot", "HubSpot", "organization", false),
      app("slack", "Slack", "organization", true),
      app("teams", "Microsoft Teams", "organization", true),
      app("google", "Google Calendar", "user", isTheirs),
      app("microsoft", "Microsoft Calendar", "user", false),
    ],
    total: 5,
    page: 1,
    limit: 10,
  });
  expect((await admin.api.get("connected-apps/list")).body).toEqual(listed(false));
  expect((await other.api.get("connected-apps/list")).body).toEqual(listed(true));
  expect((await admin.api.get("connected-apps/list?page=2&limit=4")).body)
    .toMatchObject({ data: [{ provider: "microsoft" }], total: 5 });
});

test("what is not connected is refused, naming it", async () => {
  const { admin: { api } } = await lioWorld();
  for (const path of ["connected-apps/hubspot/properties", "slack/channels"]) {
    const code = path.includes("slack") ? "slack" : "hubspot";
    expectLioError(await api.get(path), 409, "not_connected", code);
  }
  expectLioError(await api.post(IMPORT, { mapping: MAPPING }), 409, "not_connected", "hubspot");
  const told = await api.post("slack/test-notification", { channel: "#general" });
  expectLioError(told, 409, "not_connected", "slack");
});

test("HubSpot's properties are answered, with all=1 also the hidden and read-only ones", async () => {
  const { admin: { api } } = await appWorld();
  const email = {
    name: "email",
    label: "Email",
    type: "string",
    field_type: "text",
    read_only: false,
  };
  expect(await api.read("connected-apps/hubspot/properties"))
    .toEqual({ contacts: [email], companies: [email] });
  const { contacts } = await api.read("connected-apps/hubspot/properties?all=1");
  expect(contacts).toMatchObject([
    email,
    { name: "createdate", read_only: true },
    { name: "hs_secret", read_only: false },
  ]);
  expectLioFields(await api.get("connected-apps/hubspot/properties?all=2"), 400, "all");
});

test("an import makes leads, once, and is seen in both lists", async () => {
  const { admin } = await appWorld();
  const { api } = admin;
  const body = { mapping: MAPPING, from: "2026-01-01", to: "2026-01-01", limit: 2 };
  const sent = await api.post(IMPORT, body);
  expect(sent.status, sent.text).toBe(201);
  const counts = {
    total: 0,
    processed: 0,
    created: 0,
    updated: 0,
    skipped: 0,
    failed: 0,
    errors: [],
  };
  expect(sent.body).toEqual({
    success: true,
    message: "HubSpot import started",
    data: {
      id: expect.any(Number),
      status: "pending",
      ...counts,
      created_at: TIME,
      finished_at: null,
    },
  });
  const whole = await imported(admin, { mapping: MAPPING });
  expect(whole).toMatchObject({ status: "completed", total: 3, processed: 3, failed: 0 });
  const path = `${IMPORT}/${sent.body.data.id}/status`;
  await expect.poll(() => api.read(path)).toMatchObject({ status: "completed", processed: 2 });
  expect(await api.read("lead/list?order_in=asc")).toMatchObject(
    [1, 2, 3].map((n) => ({
      first_name: "Jane",
      email: `p${n}@acme.example`,
      company: "Acme Corp",
      custom_fields: { plan: "Pro" },
    })),
  );
  expect(await api.read("import-job/list?type=hubspot_import")).toMatchObject([
    { id: whole.id, processed_rows: 3, created_by: admin.number },
    { id: sent.body.data.id, processed_rows: 2 },
  ]);
  expect((await imported(admin, { mapping: MAPPING })).skipped).toBe(3);
});

test("an import under an idempotency key is one", async () => {
  const { admin: { api } } = await appWorld();
  const headers = { "idempotency-key": crypto.randomUUID() };
  const send = () => api.post(IMPORT, { mapping: MAPPING }, headers);
  const [first, second] = await Promise.all([send(), send()]);
  expect(first.status, first.text).toBe(201);
  expect(second.text).toBe(first.text);
  expect(await api.read("import-job/list")).toHaveLength(1);
});

test("every mistake of a mapping is told, with the nearest field", async () => {
  const { admin: { api } } = await appWorld();
  const refused = async (body: object, ...fields: string[]) => {
    const answer = await api.post(IMPORT, body);
    expectLioFields(answer, 422, ...fields);
    return answer.body.error.fields.map(({ message }: { message: string }) => message);
  };
  const lead = { email: "emial", fax: "fax" };
  const company = { name: "company_nam" };
  const [nearest, , , ofCompany] = await refused(
    { mapping: { lead, company }, limit: 0 },
    "mapping.lead.email",
    "mapping.lead.fax",
    "mapping.lead",
    "mapping.company.name",
    "limit",
  );
  expect(nearest).toContain("did you mean email?");
  expect(ofCompany).toContain("did you mean company_name?");
  const [needed] = await refused(
    { mapping: { lead: { firstname: "first_name" } } },
    "mapping.lead",
  );
  expect(needed).toContain("email, phone_number, linkedin_url");
  await refused({}, "mapping");
  await refused({ mapping: { lead: { "a,b": "email" } } }, "mapping.lead.a,b");
  await refused({ mapping: MAPPING, from: "2026-01-02", to: "2026-01-01" }, "from");
  await refused({ mapping: MAPPING, from: "yesterday" }, "from");
});

test("a Rep imports nothing, and other imports and organisations are not found", async () => {
  const { admin: { api }, user } = await appWorld();
  const rep = await user("rep");
  expectLioError(await rep.api.post(IMPORT, { mapping: MAPPING }), 403, "permission_error", "role");
  const { id } = await api.made(IMPORT, { mapping: MAPPING });
  const { admin: stranger } = await appWorld([]);
  const asked = await stranger.api.get(`${IMPORT}/${id}/status`);
  expectLioError(asked, 404, "not_found");
  expectLioError(await api.get(`${IMPORT}/999999999/status`), 404, "not_found");
  expectLioFields(await api.get(`${IMPORT}/x/status`), 400, "id");
});
