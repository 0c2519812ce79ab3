import { expect, test } from "vitest";
import { expectInvalid, expectMissing, leadHub, record } from "../support/leadhub.ts";
import { expectGone, listed, makeUser, TIME } from "../support/leadhub-records.ts";

const USERS = "users";

test("a user is made, read, listed, changed by PUT and PATCH, and deleted", async () => {
  const { api: leadhub, slug } = await leadHub();
  const fields = { name: " Jane Roe ", email: `JANE@${slug}.Example.com` };
  const user = record(await leadhub.post(USERS, fields), 201);
  expect(user).toEqual({
    id: expect.any(Number),
    name: "Jane Roe",
    email: `jane@${slug}.example.com`,
    role: "member",
    status: "invited",
    last_sign_in_at: null,
    created_at: TIME,
    updated_at: TIME,
  });
  const one = `${USERS}/${user.id}`;
  expect(record(await leadhub.get(one))).toEqual(user);
  expect((await leadhub.get(USERS)).body.data).toEqual([user]);
  expect(record(await leadhub.put(one, { role: "viewer" })))
    .toEqual({ ...user, role: "viewer", updated_at: TIME });
  expect(record(await leadhub.patch(one, { ...user, name: "J.", id: 1, last_sign_in_at: 5 })))
    .toEqual({ ...user, name: "J.", updated_at: TIME });
  expectGone(await leadhub.delete(one));
  expectMissing(await leadhub.delete(one), `No user with id ${user.id}.`);
  expectMissing(await leadhub.patch(one, { name: "x" }), `No user with id ${user.id}.`);
});

test("each mistake is told at once, by field", async () => {
  const workspace = await leadHub();
  const { api: leadhub } = workspace;
  expectInvalid(await leadhub.post(USERS, {}), {
    name: ["The name field is required."],
    email: ["The email field is required."],
  });
  const email = ["The email field must be a valid email address."];
  const wrong = { name: "", email: "jane", role: "owner", password: "1234567", rol: "admin" };
  const mistakes = {
    email,
    role: ["Must be one of admin, member, viewer."],
    password: ["Must have 8 to 128 characters."],
    rol: ["Unknown; did you mean role?"],
  };
  expectInvalid(await leadhub.post(USERS, wrong), { name: ["Must not be empty."], ...mistakes });
  const user = await makeUser(workspace);
  const one = `${USERS}/${user.id}`;
  expectInvalid(await leadhub.patch(one, { ...wrong, status: "away" }), {
    ...mistakes,
    status: ["Must be one of active, invited, inactive."],
  });
  const nothing = { name: null, email: null, role: null, status: null, password: null };
  expectInvalid(await leadhub.patch(one, nothing), {
    name: ["Must be a string; it is null."],
    email,
    role: ["Must be one of admin, member, viewer."],
    status: ["Must be one of active, invited, inactive."],
    password: ["Must be a string; it is null."],
  });
  const long = (length: number) =>
    `${"l".repeat(64)}@${"d".repeat(60)}.${"e".repeat(60)}.${"f".repeat(length - 199)}.example.com`;
  const taken = { email: ["Another user has this email."] };
  const other = await makeUser(workspace);
  expectInvalid(await leadhub.post(USERS, user), taken);
  expectInvalid(await leadhub.patch(`${USERS}/${other.id}`, { email: user.email }), taken);
  await makeUser(workspace, { name: "n".repeat(255), email: long(255) });
  const tooLong = { name: "n".repeat(256), email: long(256) };
  expect(tooLong.email).toHaveLength(256);
  const { body, status } = await leadhub.post(USERS, tooLong);
  expect([status, Object.keys(body.errors)]).toEqual([422, ["name", "email"]]);
});

test("a deleted user leaves leads, deals and tasks unassigned", async () => {
  const workspace = await leadHub();
  const { api: leadhub, native } = workspace;
  const user = await makeUser(workspace);
  const lead = record(
    await leadhub.post("leads", { first_name: "L", assigned_user_id: user.id }),
    201,
  );
  const [{ id: assigned_to }] = (await native.get("v1-public-users")).body.data.items;
  for (const kind of ["deals", "tasks"]) {
    const { status } = await native.post(`v1-public-${kind}`, { title: "T", assigned_to });
    expect(status).toBe(201);
  }
  expectGone(await leadhub.delete(`${USERS}/${user.id}`));
  const now = record(await leadhub.get(`leads/${lead.id}`));
  expect(now.assigned_user_id).toBeNull();
  for (const kind of ["deals", "tasks"]) {
    const { items } = (await native.get(`v1-public-${kind}`)).body.data;
    expect(items).toMatchObject([{ title: "T", assigned_to: null }]);
  }
});

test("a list is filtered by role and status, and sorted regardless of case", async () => {
  const workspace = await leadHub();
  const { api: leadhub } = workspace;
  for (const name of ["bob", "Ann", "Bob", "ann"]) {
    const user = await makeUser(workspace, { name, role: name === "ann" ? "admin" : "viewer" });
    const status = name === "Bob" ? "active" : undefined;
    if (status) await leadhub.patch(`${USERS}/${user.id}`, { status });
  }
  const names = (query: string) => listed(leadhub, `${USERS}?${query}`, "name");
  const sorted = ["Ann", "ann", "bob", "Bob"];
  expect(await names("sort=name&direction=asc")).toEqual(sorted);
  expect(await names("sort=name&direction=desc")).toEqual(sorted.toReversed());
  expect(await names("")).toEqual(["ann", "Bob", "Ann", "bob"]);
  expect(await names("role=viewer&sort=name&direction=asc")).toEqual(["Ann", "bob", "Bob"]);
  expect(await names("status=active")).toEqual(["Bob"]);
  expect(await names("role=viewer&status=invited&direction=asc")).toEqual(["bob", "Ann"]);
  expect(await names("role=admin&status=inactive")).toEqual([]);
  const { meta } = (await leadhub.get(`${USERS}?role=viewer&per_page=2&page=2`)).body;
  expect(meta)
    .toEqual({ current_page: 2, last_page: 2, per_page: 2, total: 3, from: 3, to: 3 });
  expectInvalid(await leadhub.get(`${USERS}?role=boss&status=&email=a@b.c`), {
    role: ["Must be one of admin, member, viewer."],
    status: ["Must be one of active, invited, inactive."],
    email: ["Unknown; known are page, per_page, role, status, sort, direction."],
  });
});

test("a user of another workspace, or no whole number, is not there", async () => {
  const [mine, theirs] = [await leadHub(), await leadHub()];
  const { id } = await makeUser(theirs);
  for (const given of [id, "me", "0x1"]) {
    const [one, message] = [`${USERS}/${given}`, `No user with id ${given}.`];
    expectMissing(await mine.api.get(one), message);
    expectMissing(await mine.api.patch(one, { password: "12345678" }), message);
    expectMissing(await mine.api.delete(one), message);
  }
  expect(await listed(mine.api, USERS, "id")).toEqual([]);
});
