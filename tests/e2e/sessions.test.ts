import { describe, expect, test } from "vitest";
import { hashPassword } from "../../shared/auth/password.ts";
import type { ApiResponse } from "../support/api-client.ts";
import { besides } from "../support/as-role.ts";
import { leadHub } from "../support/leadhub.ts";
import {
  auth,
  expectRefused,
  PASSWORD,
  person,
  session,
  SessionClient,
  signIn,
  tokens,
} from "../support/people.ts";
import { asOwner, eventually } from "../support/workspace.ts";

const DEAD = "This refresh token is not valid, or no longer; sign in again.";
const NOT_VALID =
  "This access token is not valid, or no longer; refresh the session or sign in again.";
const NEW_PASSWORD = "a quite new password";

const refresh = (refresh_token: string) => auth("refresh", { refresh_token });
const expectDead = async (token: string) => expectRefused(await refresh(token), 401, DEAD);

/** Waits until an access token is refused. */
function untilRefused(token: string, entity: string): Promise<ApiResponse> {
  return eventually(async () => {
    const answer = await new SessionClient(token, entity).get("leads");
    return answer.status === 401 && answer;
  });
}

describe("a refresh token", () => {
  test("goes on with its session once, in the same shape", async () => {
    const { email, workspace } = await person();
    const first = await session(email);
    const next = tokens(await refresh(first.refresh_token));
    expect(Object.keys(next)).toEqual(Object.keys(first));
    expect(next).toMatchObject({ user: { email }, entities: [{ id: workspace.id }] });
    expect(next.refresh_token).not.toBe(first.refresh_token);
    expect((await new SessionClient(next.access_token, workspace.id).get("leads")).status).toBe(
      200,
    );
  });

  test("that is used again ends the session, and no other one", async () => {
    const { email, workspace } = await person();
    const [stolen, other] = [await session(email), await session(email)];
    const next = tokens(await refresh(stolen.refresh_token));
    await expectDead(stolen.refresh_token);
    await expectDead(next.refresh_token);
    const answer = await untilRefused(next.access_token, workspace.id);
    expectRefused(answer, 401, NOT_VALID);
    expect(answer.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    tokens(await refresh(other.refresh_token));
  });

  test("that is used twice at once never leaves two that go on", async () => {
    const { email } = await person();
    for (let round = 0; round < 5; round++) {
      const { refresh_token } = await session(email);
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => refresh(refresh_token)),
      );
      const won = answers.find(({ status }) => status === 200);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401]);
      await expectDead(won!.body.refresh_token);
    }
  });

  test("is good for 30 days by the database's clock", async () => {
    const { email } = await person();
    const [kept, late] = [await session(email), await session(email)];
    const [row] = await asOwner(
      `select count(*)::int from crm.refresh_tokens
       where email = $1 and expires_at - created_at = interval '30 days'`,
      [email],
    );
    expect(row).toEqual({ count: 2 });
    const move =
      "update crm.refresh_tokens set expires_at = now() + $2::interval where public_id = $1";
    await asOwner(move, [kept.refresh_token.slice(11, 23), "1 minute"]);
    await asOwner(move, [late.refresh_token.slice(11, 23), "-1 second"]);
    tokens(await refresh(kept.refresh_token));
    await expectDead(late.refresh_token);
  });

  test("is nothing else, and nothing else is one", async () => {
    const { email, workspace } = await person();
    const { access_token, refresh_token } = await session(email);
    await expectDead(access_token);
    await expectDead(`${refresh_token.slice(0, -1)}${refresh_token.endsWith("0") ? "1" : "0"}`);
    const answer = await new SessionClient(refresh_token, workspace.id).get("leads");
    expect(answer.status).toBe(401);
    expect((await auth("refresh", {})).body.error).toMatch(/^refresh_token: /);
    tokens(await refresh(refresh_token));
  });
});

describe("signing out", () => {
  test("ends the session of the access token alone", async () => {
    const { email, workspace } = await person();
    const [mine, other] = [await session(email), await session(email)];
    const { status, text } = await auth("sign-out", null, mine.access_token);
    expect([status, text]).toEqual([204, ""]);
    await expectDead(mine.refresh_token);
    expectRefused(await auth("sign-out", null, mine.access_token), 401, NOT_VALID);
    await untilRefused(mine.access_token, workspace.id);
    tokens(await refresh(other.refresh_token));
  });

  test("needs an access token", async () => {
    const { workspace } = await person();
    const none = await auth("sign-out", null);
    expectRefused(
      none,
      401,
      "No access token; send the header Authorization: Bearer <access token>.",
    );
    expect(none.headers.get("www-authenticate")).toBe("Bearer");
    const key = await workspace.key({ api: "crm" });
    expectRefused(await auth("sign-out", null, key), 401, NOT_VALID);
  });
});

describe("changing the password", () => {
  const change = (token: string, current_password: string, new_password = NEW_PASSWORD) =>
    auth("change-password", { current_password, new_password }, token);

  test("goes on with this session and ends the others", async () => {
    const { email, workspace } = await person();
    const [mine, other] = [await session(email), await session(email)];
    const { status, text } = await change(mine.access_token, PASSWORD);
    expect([status, text]).toEqual([204, ""]);
    await untilRefused(other.access_token, workspace.id);
    await expectDead(other.refresh_token);
    const next = tokens(await refresh(mine.refresh_token));
    expect((await new SessionClient(next.access_token, workspace.id).get("leads")).status).toBe(
      200,
    );
    expect((await signIn(email)).status).toBe(401);
    expect((await signIn(email, NEW_PASSWORD)).status).toBe(200);
  });

  test("needs the current one, of which five may be wrong, and a good new one", async () => {
    const { email } = await person();
    const { access_token } = await session(email);
    const bad = await change(access_token, PASSWORD, "short");
    expectRefused(bad, 400, "new_password: Must have 8 to 128 characters.");
    for (let n = 0; n < 5; n++) {
      const wrong = await change(access_token, "wrong password");
      expectRefused(wrong, 400, "current_password: Is not the password of this account.");
    }
    expect((await change(access_token, PASSWORD)).status).toBe(429);
    expect((await signIn(email)).status).toBe(429);
  });

  test("happens once of two at once", async () => {
    const { email } = await person();
    const sessions = [await session(email), await session(email)];
    const answers = await Promise.all(
      sessions.map(({ access_token }, n) => change(access_token, PASSWORD, `new password ${n}`)),
    );
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    const winner = answers.findIndex(({ status }) => status === 204);
    expect((await signIn(email, `new password ${winner}`)).status).toBe(200);
    expect((await signIn(email, `new password ${1 - winner}`)).status).toBe(401);
  });
});

test("a password that an admin sets ends every session", async () => {
  const world = await leadHub();
  const email = `${world.slug}@example.com`;
  const made = await world.api.made("users", { name: "Jane", email, password: PASSWORD });
  const { access_token, refresh_token } = await session(email);
  expect((await world.api.patch(`users/${made.id}`, { name: "Jane Roe" })).status).toBe(200);
  const { refresh_token: next } = tokens(await refresh(refresh_token));
  expect((await world.api.patch(`users/${made.id}`, { password: NEW_PASSWORD })).status).toBe(200);
  await expectDead(next);
  await untilRefused(access_token, world.id);
  expect((await signIn(email, NEW_PASSWORD)).status).toBe(200);
});

test("a password that was changed while it was being checked begins nothing", async () => {
  const { email, workspace } = await person();
  const changed = await hashPassword(NEW_PASSWORD);
  const change = "update crm.accounts set password_hash = $2 where email = $1";
  const { status } = await besides(
    workspace.id,
    [change, email, changed],
    () => signIn(email),
  );
  const live = "select from crm.sessions where email = $1 and ended_at is null";
  expect([status, await asOwner(live, [email])]).toEqual([401, []]);
});
