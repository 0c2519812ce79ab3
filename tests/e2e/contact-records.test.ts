import { expect, test } from "vitest";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const CRUD = "v1-public-contacts-crud";

async function contact(fields: object = {}) {
  const workspace = await testWorkspace();
  const { body } = await workspace.api.post("v1-public-contacts", {
    email: "john.doe@example.com",
    ...fields,
  });
  return { ...workspace, id: body.data.id as string, workspaceId: workspace.id, stored: body.data };
}

test("retrieves a contact by id", async () => {
  const { api, id, stored } = await contact({ first_name: "John", signal_strength: 0.1 });
  const { status, body } = await api.get(`${CRUD}?id=${id.toUpperCase()}`);
  const { created: _created, company: _company, matched_by: _matchedBy, ...record } = stored;
  expect([status, body.data]).toEqual([200, record]);
  expect(record.signal_strength).toBe(0.1);
});

test("the spec's example updates title and phone and nothing else", async () => {
  const { api, id } = await contact({ first_name: "John", company_name: "Acme" });
  const before = (await api.get(`${CRUD}?id=${id}`)).body.data;
  const { status, body } = await api.patch(`${CRUD}?id=${id}`, {
    title: "Senior Product Manager",
    phone: "+1-555-999-0000",
  });
  expect(status).toBe(200);
  expect(body.data).toEqual({
    ...before,
    title: "Senior Product Manager",
    phone: "+15559990000",
    updated_at: body.data.updated_at,
  });
  expect(body.data.updated_at > before.updated_at).toBe(true);
});

test("PATCH: null clears, absent stays, and an empty one is refused", async () => {
  const { api, id } = await contact({ first_name: "John", last_name: "Doe", company_name: "Acme" });
  const { body } = await api.patch(`${CRUD}?id=${id}`, { first_name: null, company_id: null });
  expect(body.data).toMatchObject({ first_name: null, last_name: "Doe", company_id: null });
  const empty = await api.patch(`${CRUD}?id=${id}`, {});
  expect(empty.status).toBe(400);
  expect(empty.body.error.details.fields).toEqual([
    { field: "body", message: expect.stringContaining("at least one of first_name") },
  ]);
});

test("PATCH names every mistake, unknown fields with the nearest known one", async () => {
  const { api, id } = await contact();
  const { status, body } = await api.patch(`${CRUD}?id=${id}`, {
    emial: "x@example.com",
    phone: 5,
    status: null,
    company_id: "acme",
    signal_strength: 3,
  });
  expect(status).toBe(400);
  const fields: { field: string; message: string }[] = body.error.details.fields;
  expect(fields.map(({ field }) => field).sort())
    .toEqual(["company_id", "emial", "phone", "signal_strength", "status"]);
  expect(fields.find(({ field }) => field === "emial")?.message).toContain("email");
});

test("an email of another contact is a conflict, in any case; the own one is not", async () => {
  const { api, id } = await contact();
  const other = await api.post("v1-public-contacts", { email: "taken@example.com" });
  const { status, body } = await api.patch(`${CRUD}?id=${id}`, { email: "TAKEN@example.com" });
  expect([status, body.error.code]).toEqual([409, "CONFLICT"]);
  expect(body.error.details.fields[0].field).toBe("email");
  const own = await api.patch(`${CRUD}?id=${other.body.data.id}`, { email: "Taken@Example.com" });
  expect([own.status, own.body.data.email]).toEqual([200, "taken@example.com"]);
});

test("a company of another workspace is refused like one that does not exist", async () => {
  const { api, id } = await contact();
  const theirs = await contact({ company_name: "Theirs" });
  const link = (company: string) => api.patch(`${CRUD}?id=${id}`, { company_id: company });
  const foreign = await link(theirs.stored.company_id);
  const missing = await link("01890a5d-ac96-774b-bcce-b302099a8057");
  expect([foreign.status, missing.status]).toEqual([400, 400]);
  expect(foreign.body.error).toEqual(missing.body.error);
  expect(foreign.body.error.details.fields[0].field).toBe("company_id");
});

test("deletes a contact once; its notes stay with the link cleared", async () => {
  const { api, id, workspaceId } = await contact({ message: "Keep this" });
  const { status, body } = await api.delete(`${CRUD}?id=${id}`);
  expect([status, body.success, body.data]).toEqual([200, true, { deleted: true, id }]);
  expect((await api.delete(`${CRUD}?id=${id}`)).status).toBe(404);
  expect((await api.get(`${CRUD}?id=${id}`)).status).toBe(404);
  const notes = await asOwner(
    "select description, contact_id from crm.activities where workspace_id = $1",
    [workspaceId],
  );
  expect(notes).toEqual([{ description: "Keep this", contact_id: null }]);
  expect((await api.post("v1-public-contacts", { email: "john.doe@example.com" })).status).toBe(
    201,
  );
});
