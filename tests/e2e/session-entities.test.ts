import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { ApiResponse } from "../support/api-client.ts";
import {
  auth,
  expectRefused,
  person,
  session,
  SessionClient,
  signedIn,
  signIn,
  tokens,
  user,
} from "../support/people.ts";
import { asOwner, eventually, testWorkspace } from "../support/workspace.ts";

const FOREIGN = "You are not a user of the entity that x-entity-id names.";
const statusOf = async (answer: Promise<ApiResponse>) => (await answer).status;

describe("x-entity-id", () => {
  test("must be there, an id, and of an entity of one's own, in this order", async () => {
    const [jane, other] = [await person(), await testWorkspace()];
    const { access_token } = await session(jane.email);
    const ask = (entity: string | null) => new SessionClient(access_token, entity).get("leads");
    expectRefused(await ask(null), 400, "x-entity-id: Is required with an access token.");
    for (const wrong of ["", "acme", `${jane.workspace.id},${jane.workspace.id}`]) {
      expectRefused(await ask(wrong), 400, "x-entity-id: Must be the UUID of an entity.");
    }
    for (const foreign of [other.id, randomUUID()]) expectRefused(await ask(foreign), 403, FOREIGN);
    expect((await ask(jane.workspace.id)).status).toBe(200);
    expect((await ask(jane.workspace.id.toUpperCase())).status).toBe(200);
    for (const entity of [null, "acme", other.id]) {
      const bad = `${access_token.slice(0, -4)}AAAA`;
      expect((await new SessionClient(bad, entity).get("leads")).status).toBe(401);
    }
  });

  test("may be told again by entityId, which must then agree", async () => {
    const [jane, other] = [await person(), await testWorkspace()];
    const api = await signedIn(jane);
    const { id } = jane.workspace;
    const differs = "The entity that entityId names is not the one you ask as.";
    expect((await api.get(`leads?entityId=${id}`)).status).toBe(200);
    expect((await api.post("companies", { name: "Acme", entityId: id })).status).toBe(201);
    expectRefused(await api.get(`leads?entityId=${other.id}`), 403, differs);
    expectRefused(await api.post("companies", { name: "A", entityId: other.id }), 403, differs);
    expect((await api.get("leads?entityId=acme")).status).toBe(400);
    expect((await api.get(`leads?entityId=${id}&entityId=${id}`)).status).toBe(400);
    const both = await api.post(`companies?entityId=${id}`, { name: "A", entityId: other.id });
    expect(both.status).toBe(400);
  });

  test("does not stand in for entityId with a key", async () => {
    const workspace = await testWorkspace();
    const api = new SessionClient(await workspace.key({ api: "crm" }), workspace.id);
    expect((await api.get("leads")).status).toBe(400);
    expect((await api.get(`leads?entityId=${workspace.id}`)).status).toBe(200);
  });

  test("is what pages of other origins may send", async () => {
    const jane = await person();
    const { baseUrl, key } = await signedIn(jane);
    const url = `${baseUrl}/functions/v1/crm/api/crm/leads`;
    const preflight = await fetch(url, {
      method: "OPTIONS",
      headers: {
        origin: "https://app.example",
        "access-control-request-method": "GET",
        "access-control-request-headers": "authorization,x-entity-id",
      },
    });
    const allowed = preflight.headers.get("access-control-allow-headers")?.toLowerCase().split(",");
    expect(allowed).toEqual(
      expect.arrayContaining(["authorization", "content-type", "x-entity-id"]),
    );
    const answer = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([400, "*"]);
  });
});

test("a viewer reads, a member and an admin write", async () => {
  const may = async (role: "viewer" | "member" | "admin") => {
    const api = await signedIn(await person({ role }));
    expect((await api.get("leads")).status).toBe(200);
    return await api.post("companies", { name: "Acme" });
  };
  expectRefused(await may("viewer"), 403, "Your role lacks the scope write:crm.");
  expect((await may("member")).status).toBe(201);
  expect((await may("admin")).status).toBe(201);
});

test("a user in two entities has the role of each, and sees the records of each alone", async () => {
  const [first, second] = [await testWorkspace(), await testWorkspace()];
  const jane = await person({ workspace: first, role: "admin" });
  await user({ email: jane.email, workspace: second, role: "viewer" });
  const { access_token, entities } = await session(jane.email);
  expect(entities.map(({ id, role }) => [id, role])).toEqual([
    [first.id, "admin"],
    [second.id, "viewer"],
  ]);
  const [here, there] = [first, second].map(({ id }) => new SessionClient(access_token, id));
  const made = await here!.post("leads", { title: "Licence" });
  expect((await here!.get(`leads/${made.body.id}`)).status).toBe(200);
  expect((await there!.get(`leads/${made.body.id}`)).status).toBe(404);
  expect((await there!.get("leads")).body.total).toBe(0);
  expect((await there!.post("leads", { title: "Licence" })).status).toBe(403);
});

describe("a user who is", () => {
  const ends: [string, string][] = [
    ["made inactive", "update crm.users set status = 'inactive' where id = $1"],
    ["removed", "delete from crm.users where id = $1"],
  ];

  test.each(ends)("%s in one entity is refused there soon, and not in another", async (_, sql) => {
    const [first, second] = [await testWorkspace(), await testWorkspace()];
    const jane = await person({ workspace: first });
    await user({ email: jane.email, workspace: second });
    const { access_token, refresh_token } = await session(jane.email);
    const [here, there] = [first, second].map(({ id }) => new SessionClient(access_token, id));
    expect(await statusOf(here!.get("leads"))).toBe(200);
    await asOwner(sql, [jane.userId]);
    await eventually(async () => await statusOf(here!.get("leads")) === 403);
    expect(await statusOf(there!.get("leads"))).toBe(200);
    expect(await statusOf(signIn(jane.email))).toBe(200);
    const { entities } = tokens(await auth("refresh", { refresh_token }));
    expect(entities.map(({ id }) => id)).toEqual([second.id]);
  });

  test("removed from the last entity signs in no more", async () => {
    const jane = await person();
    const { access_token } = await session(jane.email);
    const api = new SessionClient(access_token, jane.workspace.id);
    expect(await statusOf(api.get("leads"))).toBe(200);
    await asOwner("delete from crm.users where id = $1", [jane.userId]);
    await eventually(async () => await statusOf(api.get("leads")) === 401);
    expect(await statusOf(signIn(jane.email))).toBe(401);
  });

  test("given another role has its rights soon", async () => {
    const jane = await person({ role: "member" });
    const api = await signedIn(jane);
    expect(await statusOf(api.post("companies", { name: "Acme" }))).toBe(201);
    await asOwner("update crm.users set role = 'viewer' where id = $1", [jane.userId]);
    await eventually(async () => await statusOf(api.post("companies", { name: "A" })) === 403);
  });
});

test("who was invited joins by signing in, where the entity that invited gave the password", async () => {
  const [mine, other] = [await testWorkspace(), await testWorkspace()];
  const jane = await person({ workspace: mine, status: "invited" });
  const there = await user({ email: jane.email, workspace: other, status: "invited" });
  const { access_token, entities } = await session(jane.email);
  expect(entities.map(({ id }) => id)).toEqual([mine.id]);
  expectRefused(await new SessionClient(access_token, other.id).get("leads"), 403, FOREIGN);
  const statuses = await asOwner(
    `select id, status, last_sign_in_at is not null as signed_in from crm.users
     where email = $1 order by created_at, id`,
    [jane.email],
  );
  expect(statuses).toEqual([
    { id: jane.userId, status: "active", signed_in: true },
    { id: there.userId, status: "invited", signed_in: false },
  ]);
});
