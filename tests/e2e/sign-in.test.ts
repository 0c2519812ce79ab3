import { randomUUID } from "node:crypto";
import { describe, expect, inject, test } from "vitest";
import { ApiClient, type ApiResponse } from "../support/api-client.ts";
import {
  age,
  attemptsOf,
  auth,
  expectRefused,
  PASSWORD,
  person,
  signIn,
  user,
} from "../support/people.ts";
import { asOwner } from "../support/workspace.ts";

const WRONG = "No account has this email and password.";
const unknown = () => `${randomUUID()}@example.com`;
const times = <T>(count: number, work: () => Promise<T>) =>
  Promise.all(Array.from({ length: count }, work));
const statuses = (answers: ApiResponse[]) => answers.map(({ status }) => status).toSorted();

describe("signing in", () => {
  test("answers the tokens, the user and the entities, in exactly these fields", async () => {
    const { email, workspace } = await person({ role: "admin" });
    const { status, headers, body } = await signIn(email.toUpperCase());
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: "bearer",
      expires_in: 3_600,
      refresh_token: expect.stringMatching(/^lb_refresh_\w+$/),
      user: { email, name: "Jane Roe" },
      entities: [{ id: workspace.id, slug: workspace.slug, name: workspace.slug, role: "admin" }],
    });
    expect(headers.get("cache-control")).toBe("no-store");
    const stored = await asOwner<{ row: string }>(
      "select r::text as row from crm.refresh_tokens r where email = $1",
      [email],
    );
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toContain(body.refresh_token.slice(-49));
  });

  test("refuses an unknown email, one without a password and a wrong password alike", async () => {
    const [known, invited] = [await person(), await user({ status: "invited" })];
    const answers = [
      await signIn(known.email, "not the password"),
      await signIn(invited.email),
      await signIn(unknown()),
    ];
    for (const answer of answers) {
      expectRefused(answer, 401, WRONG);
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    }
    const names = ({ headers }: ApiResponse) => [...headers.keys()].toSorted();
    expect(answers.map(names)).toEqual(answers.map(() => names(answers[0]!)));
    for (const email of [known.email, invited.email]) {
      expect(await attemptsOf(email)).toMatchObject([{ failed: true }]);
    }
  });

  test("names every field that is wrong", async () => {
    const given = { email: "nobody", password: 7, remember: true };
    const { status, body } = await auth("sign-in", given);
    expect(status).toBe(400);
    for (const field of ["email:", "password:", "remember:"]) expect(body.error).toContain(field);
    const api = new ApiClient(inject("gatewayUrl"), null);
    for (const raw of ["[]", "{", '{"email":"a@b.org","email":"a@b.org","password":"x"}']) {
      const headers = { "content-type": "application/json" };
      expect((await api.send("POST", "auth/sign-in", { raw, headers })).status).toBe(400);
    }
    expect((await auth("sign-in", null)).status).toBe(415);
    expect((await auth("sign-in?email=a@b.org", {})).status).toBe(400);
    expect((await api.get("auth/sign-in")).headers.get("allow")).toBe("POST, OPTIONS");
  });
});

describe("wrong passwords", () => {
  test("lock an email after five, known or not, also the right one, until 15 minutes later", async () => {
    const known = await person();
    for (const email of [known.email, unknown()]) {
      for (let n = 0; n < 5; n++) expectRefused(await signIn(email, "wrong password"), 401, WRONG);
      const locked = await signIn(email);
      const wait = Number(locked.headers.get("retry-after"));
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(900);
      expectRefused(locked, 429, `Too many wrong passwords; try again in ${wait} s.`);
    }
    expect((await signIn(known.email.toUpperCase())).status).toBe(429);
    await age("email", known.email, "15 minutes");
    expect((await signIn(known.email)).status).toBe(200);
  });

  test("are forgotten with a right one", async () => {
    const { email } = await person();
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 4; n++) await signIn(email, "wrong password");
      expect((await signIn(email)).status).toBe(200);
    }
    expect(await attemptsOf(email)).toEqual([]);
  });

  test("are five of twenty that come at once", async () => {
    const { email } = await person({ slow: true });
    const answers = await times(20, () => signIn(email, "wrong password"));
    expect(statuses(answers)).toEqual([...Array(5).fill(401), ...Array(15).fill(429)]);
  });
});

test("right passwords that come at once are all let in", async () => {
  const { email } = await person({ slow: true });
  const answers = await times(12, () => signIn(email, PASSWORD));
  expect(statuses(answers)).toEqual(Array(12).fill(200));
  expect(new Set(answers.map(({ body }) => body.refresh_token)).size).toBe(12);
});
