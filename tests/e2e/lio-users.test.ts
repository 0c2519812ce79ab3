import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  expectLioError,
  expectLioFields,
  LioClient,
  type LioRole,
  lioWorld,
} from "../support/lio.ts";
import { PASSWORD, person } from "../support/people.ts";

const ROLES: readonly LioRole[] = ["admin", "manager", "rep", "viewer"];

const body = () => ({
  first_name: "Rita",
  last_name: "Rep",
  email: `${randomUUID()}@Example.com`,
  phone_no: "+1 555 123 4567",
  password: PASSWORD,
});

async function login(api: LioClient, email: string, password = PASSWORD) {
  return await new LioClient(api.baseUrl, null).post("auth/login", { email, password });
}

describe("adding a user", () => {
  test("makes one who can log in, a Rep unless told otherwise", async () => {
    const { admin: { api } } = await lioWorld();
    const given = body();
    const made = await api.made("user/add", given);
    const { password: _, ...shown } = given;
    expect(made).toMatchObject({
      ...shown,
      email: given.email.toLowerCase(),
      phone_no: "+15551234567",
      name: "Rita Rep",
      role_id: 3,
      role_name: "Rep",
      language: "en",
      timezone: "UTC",
      state_id: 1,
      last_login_at: null,
      password_set: true,
      booking: expect.objectContaining({ enabled: false }),
    });
    const { status, body: told } = await login(api, given.email);
    expect([status, told.user.role_name]).toEqual([200, "Rep"]);
    const role = await api.made("role/add", { name: "Partner", base_role_id: 2 });
    expect(role).toMatchObject({ base_role_id: 2, is_system: false, user_count: 0, state_id: 1 });
    expect(role.id).toBeGreaterThan(100);
    const partner = await api.made("user/add", { ...body(), role_id: role.id, language: "DE-de" });
    expect([partner.role_id, partner.role_name, partner.language])
      .toEqual([role.id, "Partner", "de-DE"]);
    expectLioError(await api.post("role/add", { name: "PARTNER" }), 409, "conflict", "duplicate");
  });

  test("shows how one can be booked on their own page alone, and takes it back as it is", async () => {
    const { admin: { api, number } } = await lioWorld();
    const me = await api.read("user/my");
    const changed = await api.done(`user/update/${number}`, { ...me, language: "de" });
    expect(changed.booking).toEqual(me.booking);
    const [listed] = await api.read("user/list");
    expect(listed).not.toHaveProperty("booking");
    const booking = { enabled: true };
    expectLioFields(await api.post("user/add", { ...body(), booking }), 422, "booking");
  });

  test("names every mistake, and the user who has the email", async () => {
    const { admin: { api } } = await lioWorld();
    const wrong = { first_name: "", phone_no: "x", password: "short", role_id: "3", id: 1 };
    const fields = ["first_name", "email", "phone_no", "role_id", "password", "id"];
    expectLioFields(await api.post("user/add", wrong), 422, ...fields);
    const elsewhere = await lioWorld();
    const { id: theirs } = await elsewhere.admin.api.made("role/add", { name: "Theirs" });
    for (const role_id of [theirs, 999_999]) {
      expectLioFields(await api.post("user/add", { ...body(), role_id }), 422, "role_id");
    }
    const given = body();
    const { id } = await api.made("user/add", given);
    const again = await api.post("user/add", { ...body(), email: given.email });
    expectLioError(again, 409, "conflict", "duplicate");
    expect(again.body.error.existing_id).toBe(id);
  });

  test("leaves the password of an email that signs in elsewhere", async () => {
    const { email } = await person();
    const { admin: { api }, workspace } = await lioWorld();
    const made = await api.made("user/add", { ...body(), email, password: "another password" });
    expect(made.password_set).toBe(false);
    const organization_id = `org_${workspace.id.replaceAll("-", "")}`;
    const nobody = new LioClient(api.baseUrl, null);
    const here = await nobody.post("auth/login", { email, password: PASSWORD, organization_id });
    expect(here.body.user, here.text).toMatchObject({ id: made.id, organization_id });
    const other = { email, password: PASSWORD, organization_id: "org_x" };
    expectLioError(
      await nobody.post("auth/login", other),
      403,
      "permission_error",
      "no_organization",
    );
  });
});

describe("changing a user", () => {
  test("is for Admins, and for everybody of themselves but role and state", async () => {
    const { admin, user } = await lioWorld();
    for (const role of ROLES) {
      const { api, number } = await user(role);
      const change = { first_name: "Ada", last_name: null, timezone: "Europe/Berlin" };
      expect(await api.done(`user/update/${number}`, change)).toMatchObject({
        ...change,
        name: "Ada",
      });
      const read = await api.read("user/my");
      expect(await api.done(`user/update/${number}`, read)).toMatchObject({
        role_id: read.role_id,
      });
      if (role === "admin") continue;
      for (const to of [{ role_id: 1 }, { state_id: 0 }]) {
        const answer = await api.post(`user/update/${number}`, to);
        expectLioError(answer, 403, "permission_error", "role");
      }
      const other = await api.post(`user/update/${admin.number}`, change);
      expectLioError(other, 403, "permission_error", "role");
    }
  });

  test("keeps an Admin, and whoever is inactive out", async () => {
    const { admin, user } = await lioWorld();
    const update = (id: number, change: object) => admin.api.post(`user/update/${id}`, change);
    for (const change of [{ role_id: 2 }, { state_id: 0 }]) {
      expectLioError(await update(admin.number, change), 409, "conflict", "last_admin");
    }
    const rep = await user("rep");
    expect((await update(rep.number, { state_id: 0 })).body.data.state_id).toBe(0);
    expectLioError(await rep.api.get("user/my"), 403, "permission_error", "account_inactive");
    expect((await update(rep.number, { state_id: 1, role_id: 2 })).status).toBe(200);
    expect(await rep.api.read("user/my")).toMatchObject({ role_id: 2, role_name: "Manager" });
    expectLioFields(await update(rep.number, {}), 422, "body");
    expectLioFields(
      await update(rep.number, { email: null, timezone: "IST" }),
      422,
      "email",
      "timezone",
    );
    expectLioError(await update(999_999_999, { language: "en" }), 404, "not_found");
    expectLioFields(await admin.api.post("user/update/x", { language: "en" }), 400, "id");
  });

  test("keeps the session of who changes the own email", async () => {
    const { user } = await lioWorld();
    const { api, number } = await user("manager");
    const email = `${randomUUID()}@example.com`;
    expect((await api.done(`user/update/${number}`, { email })).email).toBe(email);
    expect((await api.read("user/my")).email).toBe(email);
  });
});

test("changing the password ends the other sessions, and wrong ones count", async () => {
  const { admin: { api } } = await lioWorld();
  const given = body();
  await api.made("user/add", given);
  const [one, other] = [await login(api, given.email), await login(api, given.email)]
    .map((answer) => new LioClient(api.baseUrl, answer.body.access_token));
  if (one === undefined || other === undefined) throw new Error("no session");
  const change = (to: object) =>
    one.post("user/change-password", {
      current_password: PASSWORD,
      new_password: "another password",
      confirm_password: "another password",
      ...to,
    });
  expectLioFields(await change({ confirm_password: "x" }), 422, "confirm_password");
  expectLioFields(await change({ current_password: "wrong" }), 422, "current_password");
  expect((await change({})).status).toBe(200);
  expect((await one.get("user/my")).status).toBe(200);
  expectLioError(await other.get("user/my"), 401, "authentication_error", "token_revoked");
  expect((await login(api, given.email, "another password")).status).toBe(200);
});

test("removing a user ends their sessions, and is not for oneself", async () => {
  const { admin, user } = await lioWorld();
  const rep = await user("rep");
  const remove = (user_id: unknown) => admin.api.post("user/delete", { user_id });
  expectLioError(await remove(admin.number), 409, "conflict", "self_delete");
  expectLioError(await remove(999_999_999), 404, "not_found");
  expectLioFields(await remove("1"), 422, "user_id");
  expect((await remove(rep.number)).body.data).toEqual({ id: rep.number, deleted: true });
  expectLioError(await rep.api.get("user/my"), 401, "authentication_error", "token_revoked");
  expectLioError(await remove(rep.number), 404, "not_found");
});
