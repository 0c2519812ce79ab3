import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { changePassword, checkPassword, startSession } from "../../shared/auth/sign-in.ts";
import { rowOf } from "../../shared/db/wire/rows.ts";
import { apiDatabase, session, untilItWaits } from "../support/as-role.ts";
import { PASSWORD, person, user } from "../support/people.ts";
import { asOwner } from "../support/workspace.ts";

const email = () => `${randomUUID()}@example.com`;

/** The statements of people, as the functions run them. */
function queries() {
  const database = apiDatabase({ size: 10 });
  return (text: string, ...values: unknown[]) => database.query({ text, values });
}

interface Begun {
  attempt: string | null;
  pending: number;
  retry_after: number | null;
}

function attempts(query: ReturnType<typeof queries>, of: string) {
  return async () => rowOf<Begun>(await query("select * from app.begin_sign_in($1)", of));
}

test("five of twenty attempts begin at once, in as many processes as there are", async () => {
  const [query, unknown] = [queries(), email()];
  const begin = attempts(query, unknown);
  const begun = await Promise.all(Array.from({ length: 20 }, begin));
  const checked = begun.flatMap(({ attempt }) => attempt ?? []);
  expect(checked).toHaveLength(5);
  expect(await begin()).toMatchObject({ attempt: null, pending: 5 });
  for (const attempt of checked) await query("select app.fail_sign_in($1, $2)", unknown, attempt);
  const { attempt, pending, retry_after } = await begin();
  expect([attempt, pending]).toEqual([null, 0]);
  expect(retry_after).toBeGreaterThan(800);
  expect(retry_after).toBeLessThanOrEqual(900);
});

test("an attempt whose process died counts as failed, and is forgotten after 15 minutes", async () => {
  const [query, unknown] = [queries(), email()];
  const begin = attempts(query, unknown);
  for (let n = 0; n < 5; n++) await begin();
  const age = (by: string) =>
    asOwner("update crm.sign_in_attempts set at = at - $2::interval where email = $1", [
      unknown,
      by,
    ]);
  await age("21 seconds");
  expect(await begin()).toMatchObject({ attempt: null, pending: 0 });
  await age("15 minutes");
  expect(await begin()).toMatchObject({ attempt: expect.any(String) });
});

test("a right password forgets those that were wrong, not those still being checked", async () => {
  const [database, jane] = [apiDatabase(), await person()];
  const query = database.query.bind(database);
  const begin = { text: "select * from app.begin_sign_in($1)", values: [jane.email] };
  const [wrong, pending] = [await query(begin), await query(begin)].map(([row]) => row?.attempt);
  const fail = "select app.fail_sign_in($1, $2)";
  await query({ text: fail, values: [jane.email, wrong] });
  const verdict = await checkPassword(query, jane.email, PASSWORD);
  if (verdict.is !== "right") throw new Error(verdict.is);
  expect(await startSession(query, jane.email, verdict.proof)).not.toBeNull();
  await query({ text: fail, values: [jane.email, pending] });
  const left = await asOwner("select id, failed from crm.sign_in_attempts where email = $1", [
    jane.email,
  ]);
  expect(left).toEqual([{ id: pending, failed: true }]);
});

test("a password that is not the account's any more begins and changes nothing", async () => {
  const [database, jane] = [apiDatabase(), await person()];
  const query = database.query.bind(database);
  const prove = async () => {
    const verdict = await checkPassword(query, jane.email, PASSWORD);
    if (verdict.is !== "right") throw new Error(verdict.is);
    return verdict.proof;
  };
  const [proof, stale] = [await prove(), await prove()];
  const begun = (await startSession(query, jane.email, proof))!;
  expect(await changePassword(query, begun, await prove(), "a new password")).toBe(true);
  expect(await startSession(query, jane.email, stale)).toBeNull();
  expect(await changePassword(query, begun, stale, "another password")).toBe(false);
  const kept = "select current_setting('lumenbase.kept_session', true) as kept";
  expect(await query({ text: kept, values: [] })).toEqual([{ kept: expect.toBeOneOf([null, ""]) }]);
});

test("who signs in while the user is deleted waits, and then does not", async () => {
  const jane = await person();
  const [deleting, signing] = [await session(inject("adminUrl")), await session(inject("apiUrl"))];
  const [{ password_hash }] = await asOwner<{ password_hash: string }>(
    "select password_hash from crm.accounts where email = $1",
    [jane.email],
  ) as [{ password_hash: string }];
  await deleting.query("begin");
  await deleting.query("delete from crm.users where id = $1", [jane.userId]);
  const started = signing.query("select app.start_session($1, $2, $3, $4, $5) as id", [
    jane.email,
    randomUUID(),
    password_hash,
    randomUUID(),
    Buffer.alloc(32),
  ]);
  await untilItWaits(signing);
  await deleting.query("commit");
  expect((await started).rows).toEqual([{ id: null }]);
});

test("a session that is deleted while it goes on stops neither", async () => {
  const jane = await person();
  const database = apiDatabase();
  const query = database.query.bind(database);
  const verdict = await checkPassword(query, jane.email, PASSWORD);
  if (verdict.is !== "right") throw new Error(verdict.is);
  const { refreshToken } = (await startSession(query, jane.email, verdict.proof))!;
  const [deleting, going] = [await session(inject("adminUrl")), await session(inject("apiUrl"))];
  await deleting.query("begin");
  await deleting.query("delete from crm.sessions where email = $1", [jane.email]);
  const rotated = going.query("select app.rotate_refresh_token($1, $2, $3) as done", [
    refreshToken.slice(11, 23),
    randomUUID(),
    Buffer.alloc(32),
  ]);
  await untilItWaits(going);
  await deleting.query("commit");
  expect((await rotated).rows).toEqual([{ done: false }]);
});

test("nothing of sign-in can be read or written by the role of the API", async () => {
  const jane = await user();
  const query = queries();
  for (const table of ["accounts", "sessions", "refresh_tokens", "sign_in_attempts"]) {
    await expect(query(`select from crm.${table}`)).rejects.toMatchObject({ code: "42501" });
    await expect(query(`delete from crm.${table} where email = $1`, jane.email))
      .rejects.toMatchObject({ code: "42501" });
  }
});
