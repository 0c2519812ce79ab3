import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { changePassword, checkPassword, startSession } from "../../shared/auth/sign-in.ts";
import { rowOf } from "../../shared/db/wire/rows.ts";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { apiDatabase, session, untilItWaits } from "../support/as-role.ts";
import { age, attemptsOf, PASSWORD, person } from "../support/people.ts";
import { asOwner, eventually } from "../support/workspace.ts";

const guess = (email: string) => ({ email, password: PASSWORD, address: null });
const email = () => `${randomUUID()}@example.com`;

/** The statements of people, as the functions run them. */
function queries() {
  const database = apiDatabase({ size: 10 });
  return (text: string, ...values: unknown[]) => database.query({ text, values });
}

/** The same, with how often they were asked. */
function counting() {
  const database = apiDatabase();
  let count = 0;
  return {
    asked: () => count,
    database: (statement: Statement) => {
      count++;
      return database.query(statement);
    },
  };
}

interface Begun {
  attempt: string | null;
  pending: number;
  retry_after: number | null;
}

function attempts(query: ReturnType<typeof queries>, of: string) {
  return async () => rowOf<Begun>(await query("select * from app.begin_sign_in($1, null)", of));
}

test("five of twenty attempts begin at once, in as many processes as there are", async () => {
  const [query, unknown] = [queries(), email()];
  const begin = attempts(query, unknown);
  const begun = await Promise.all(Array.from({ length: 20 }, begin));
  const checked = begun.flatMap(({ attempt }) => attempt ?? []);
  expect(checked).toHaveLength(5);
  // Pending for as long as this takes.
  await age("email", unknown, "-10 minutes");
  expect(await begin()).toMatchObject({ attempt: null, pending: 5 });
  await age("email", unknown, "10 minutes");
  for (const attempt of checked) await query("select app.fail_sign_in($1)", attempt);
  const { attempt, pending, retry_after } = await begin();
  expect([attempt, pending]).toEqual([null, 0]);
  expect(retry_after).toBeGreaterThan(800);
  expect(retry_after).toBeLessThanOrEqual(900);
});

test("an attempt whose process died counts as failed, and is forgotten after 15 minutes", async () => {
  const [query, unknown] = [queries(), email()];
  const begin = attempts(query, unknown);
  for (let n = 0; n < 5; n++) await begin();
  await age("email", unknown, "21 seconds");
  expect(await begin()).toMatchObject({ attempt: null, pending: 0 });
  await age("email", unknown, "15 minutes");
  expect(await begin()).toMatchObject({ attempt: expect.any(String) });
});

test("who comes while a hundred of an address are checked waits until one turns out right", async () => {
  const [query, jane] = [queries(), await person()];
  const address = `2001:db8:${randomUUID().slice(0, 4)}::`;
  const begin = "select attempt from app.begin_sign_in($1, $2)";
  const begun = await Promise.all(
    Array.from({ length: 100 }, () => query(begin, email(), address)),
  );
  // Pending for as long as this takes.
  await age("address", address, "-10 minutes");
  const next = "select refused_by, pending from app.begin_sign_in($1, $2)";
  expect(await query(next, email(), address)).toEqual([{ refused_by: "address", pending: 100 }]);
  const { database, asked } = counting();
  const checks = Array.from(
    { length: 3 },
    () => checkPassword(database, { email: email(), password: PASSWORD, address }),
  );
  checks.push(checkPassword(database, { ...guess(jane.email), address }));
  await eventually(async () => asked() > checks.length + 1);
  const [first, ...others] = begun.map(([row]) => row?.attempt);
  for (const attempt of others) await query("select app.fail_sign_in($1)", attempt);
  await asOwner("delete from crm.sign_in_attempts where id = $1", [first]);
  const verdicts = await Promise.all(checks);
  expect(verdicts.filter(({ is }) => is !== "locked")).toHaveLength(1);
  expect(verdicts.filter((one) => one.is === "locked" && one.by === "address")).toHaveLength(3);
});

test("a right password forgets those that were wrong, not those still being checked", async () => {
  const [database, jane] = [apiDatabase(), await person()];
  const query = database.query.bind(database);
  const begin = { text: "select * from app.begin_sign_in($1, null)", values: [jane.email] };
  const [wrong, pending] = [await query(begin), await query(begin)].map(([row]) => row?.attempt);
  const fail = "select app.fail_sign_in($1)";
  await query({ text: fail, values: [wrong] });
  const verdict = await checkPassword(query, guess(jane.email));
  if (verdict.is !== "right") throw new Error(verdict.is);
  expect(await startSession(query, jane.email, verdict.proof)).not.toBeNull();
  await query({ text: fail, values: [pending] });
  expect(await attemptsOf(jane.email)).toEqual([{ id: pending, failed: true }]);
});

test("a password that is not the account's any more begins and changes nothing", async () => {
  const [database, jane] = [apiDatabase(), await person()];
  const query = database.query.bind(database);
  const prove = async () => {
    const verdict = await checkPassword(query, guess(jane.email));
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
  const verdict = await checkPassword(query, guess(jane.email));
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
  const query = queries();
  for (const table of ["accounts", "sessions", "refresh_tokens", "sign_in_attempts"]) {
    await expect(query(`select from crm.${table}`)).rejects.toMatchObject({ code: "42501" });
    await expect(query(`delete from crm.${table}`))
      .rejects.toMatchObject({ code: "42501" });
  }
});
