import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ApiClient, type ApiResponse } from "../support/api-client.ts";
import { lioUser } from "../support/lio.ts";
import { PASSWORD, person, user } from "../support/people.ts";
import { signIn, signInLink } from "../support/sign-in-links.ts";
import { asOwner, gatewayUrl, testWorkspace } from "../support/workspace.ts";

const clientOf = (token: string) => new ApiClient(gatewayUrl(), token);
const told = ({ status, body }: ApiResponse) => [status, body.error?.message];

describe("a link", () => {
  test("signs its user in once, who needs no password, to all that takes user tokens", async () => {
    const { workspace, userId, email } = await user({ role: "admin", status: "invited" });
    const token = await signInLink({ workspace, userId });
    const first = await signIn({ token });
    expect(first.status, first.text).toBe(200);
    const { data } = first.body;
    expect(data).toMatchObject({
      token_type: "Bearer",
      user: { id: userId, email, name: "Jane Roe", role: "admin", role_name: "Admin" },
      workspace: { id: workspace.id, slug: workspace.slug },
    });
    const client = clientOf(data.token);
    for (const path of ["v1-public-contacts-crud", "leadhub/api/v1/leads", "lio/api/user/my"]) {
      expect([path, (await client.get(path)).status]).toEqual([path, 200]);
    }
    expect(told(await signIn({ token }))).toEqual([
      401,
      "This link was used already; ask for a new one.",
    ]);
    const wrong = await signIn({ email, password: PASSWORD });
    expect(told(wrong)).toEqual([401, "No account has this email and password."]);
    const [row] = await asOwner("select status, last_sign_in_at from crm.users where id = $1", [
      userId,
    ]);
    expect(row).toEqual({ status: "active", last_sign_in_at: expect.any(Date) });
  });

  test("lets in one of many who use it at once", async () => {
    const token = await signInLink(await person());
    const answers = await Promise.all(Array.from({ length: 12 }, () => signIn({ token })));
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([200, ...Array(11).fill(401)]);
  });

  test("answers a retry under its idempotency key again, and no other request", async () => {
    const token = await signInLink(await person());
    const headers = { "idempotency-key": randomUUID() };
    const first = await signIn({ token }, headers);
    const again = await signIn({ token }, headers);
    expect([again.text, again.headers.get("idempotency-replayed")]).toEqual([first.text, "true"]);
    expect((await signIn({ token })).status).toBe(401);
  });

  test("says why it lets nobody in", async () => {
    const one = await person();
    const expired = await signInLink(one, "-1 second");
    expect(told(await signIn({ token: expired }))).toEqual([
      401,
      "This link has expired; ask for a new one.",
    ]);

    const inactive = await person({ status: "inactive" });
    const theirs = await signInLink(inactive);
    expect(told(await signIn({ token: theirs }))).toEqual([403, "This account is inactive."]);
    await asOwner("update crm.users set status = 'active' where id = $1", [inactive.userId]);
    expect((await signIn({ token: theirs })).status).toBe(200);

    const gone = await person();
    const kept = await signInLink(gone);
    await asOwner("delete from crm.users where id = $1", [gone.userId]);
    const unknown = [401, "This link does not exist; ask for a new one."];
    expect(told(await signIn({ token: kept }))).toEqual(unknown);
    const guessed = await person();
    const other = await signInLink(guessed);
    const replaced = "update crm.sign_in_links set token_hash = sha256('other') where user_id = $1";
    await asOwner(replaced, [guessed.userId]);
    expect(told(await signIn({ token: other }))).toEqual(unknown);
    const mistyped = `${kept.slice(0, -1)}${kept.endsWith("0") ? "1" : "0"}`;
    expect(told(await signIn({ token: mistyped })))
      .toEqual([401, "Not a valid link; check that the whole of it was copied."]);
  });

  test("is of one workspace, though its user is in others", async () => {
    const one = await person({ role: "viewer" });
    const other = await user({ email: one.email, role: "admin" });
    const { body: { data } } = await signIn({ token: await signInLink(other) });
    expect([data.workspace.id, data.user.role]).toEqual([other.workspace.id, "admin"]);
    const { body } = await clientOf(data.token).get("v1-public-sign-in");
    expect(body.data.workspace.id).toBe(other.workspace.id);
  });
});

test("a link lets nobody in by a password that another workspace gave", async () => {
  const invited = await user({ status: "invited" });
  // The other workspace gives the password before the link is used.
  const { email } = await person({ email: invited.email });
  const { body, status, text } = await signIn({ token: await signInLink(invited) });
  expect(status, text).toBe(200);
  expect(body.data.workspace.id).toBe(invited.workspace.id);
  const { slug } = invited.workspace;
  expect((await signIn({ email, password: PASSWORD, workspace: slug })).status).toBe(403);
});

describe("an email and its password", () => {
  test("sign in, to the workspace that is named or else the oldest", async () => {
    const one = await person();
    const other = await user({ email: one.email });
    const given = { email: one.email.toUpperCase(), password: PASSWORD };
    expect((await signIn(given)).body.data.workspace.id).toBe(one.workspace.id);
    const named = await signIn({ ...given, workspace: other.workspace.slug });
    expect(named.body.data.workspace.id, named.text).toBe(other.workspace.id);
    const { slug } = await testWorkspace();
    expect((await signIn({ ...given, workspace: slug })).status).toBe(403);
    expect((await signIn({ ...given, password: "wrong" })).status).toBe(401);
  });

  test("are locked after five wrong passwords", async () => {
    const { email } = await person();
    for (let n = 0; n < 5; n++) expect((await signIn({ email, password: "no" })).status).toBe(401);
    const locked = await signIn({ email, password: PASSWORD });
    expect([locked.status, locked.body.error.details], locked.text).toEqual([429, {
      limit: "sign_in",
    }]);
    expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test.each([
    [{}, { token: "Is required, or email and password instead." }],
    [{ email: "a@example.com" }, { password: "Is required, or token instead." }],
    [{ password: "x" }, { email: "Is required, or token instead." }],
    [{ token: "x", email: "a@example.com" }, { email: "Must be absent with a token." }],
    [{ token: 7 }, { token: expect.stringMatching(/text|string/) }],
  ])("of %j what is wrong is named", async (body, expected) => {
    const answer = await signIn(body);
    expect(answer.status, answer.text).toBe(400);
    const named = Object.fromEntries(
      answer.body.error.details.fields.map((one: { field: string; message: string }) => [
        one.field,
        one.message,
      ]),
    );
    expect(named).toEqual(expected);
  });
});

describe("a session", () => {
  test.each(
    [["admin", 15], ["manager", 14], ["rep", 11], ["viewer", 8]] as const,
  )("of a %s tells who is signed in and the %d scopes of the role", async (role, count) => {
    const workspace = await testWorkspace();
    const { api, id, number, email } = await lioUser(workspace, role);
    const { status, text, body } = await clientOf(String(api.key)).get("v1-public-sign-in");
    expect(status, text).toBe(200);
    expect(body.data).toEqual({
      user: {
        id,
        number,
        email,
        name: "Jane Roe",
        role: role === "manager" ? "member" : role,
        role_name: role.charAt(0).toUpperCase() + role.slice(1),
        timezone: "UTC",
      },
      workspace: {
        id: workspace.id,
        slug: workspace.slug,
        name: expect.any(String),
        default_country: null,
      },
      scopes: expect.any(Array),
    });
    expect(body.data.scopes.length).toBe(count);
    expect(body.data.scopes.includes("events:read")).toBe(role !== "rep");
  });

  test("ends when it is signed out, once under an idempotency key", async () => {
    const { api } = await lioUser(await testWorkspace(), "viewer");
    const client = clientOf(String(api.key));
    const headers = { "idempotency-key": "bye" };
    const out = () => client.send("POST", "v1-public-sign-in/sign-out", { headers });
    const first = await out();
    expect([first.status, first.body.data], first.text).toEqual([200, { signed_out: true }]);
    expect((await out()).text).toBe(first.text);
    expect((await client.send("POST", "v1-public-sign-in/sign-out", {})).status).toBe(401);
    expect((await client.get("v1-public-sign-in")).status).toBe(401);
  });

  test("is none of an API key", async () => {
    const { api } = await testWorkspace();
    for (const [method, path] of [["GET", ""], ["POST", "/sign-out"]] as const) {
      const { status, body } = await api.send(method, `v1-public-sign-in${path}`, {});
      expect([status, body.error.details]).toEqual([403, { required_scope: "session" }]);
    }
  });
});
