import { expect, test } from "vitest";
import { type Admissions, NotAdmitted } from "../../shared/db/admission.ts";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { admitRequest, readAdmission } from "../../shared/limits/postgres.ts";
import { allowed } from "../../shared/limits/rate-limiter.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { openNextMinute } from "../support/rate-windows.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const LIMIT = 2;
const insert = (email: string): Statement => ({
  text: "insert into crm.contacts (email) values ($1) returning email",
  values: [email],
});

async function limited() {
  const { id } = await testWorkspace();
  await openNextMinute(asOwner, id);
  const limit = { subject: id, limit: LIMIT, seconds: 60 };
  const told: number[] = [];
  const admissions: Admissions = () => ({
    ask: admitRequest(limit, 1),
    answered(answer) {
      const window = readAdmission(limit, answer);
      told.push(window.used);
      return Promise.resolve(allowed(window));
    },
  });
  const emails = async () =>
    (await asOwner("select email from crm.contacts where workspace_id = $1 order by 1", [id]))
      .map(({ email }) => email);
  return { database: apiDatabase({ size: 1 }), claims: claimsOf(id), admissions, told, emails };
}

test("a request over the limit writes nothing, in every way to write, and leaves the connection good", async () => {
  const { database, claims, admissions, told, emails } = await limited();
  const write = (email: string, rehearse = false) =>
    database.write(claims, [insert(email)], rehearse, admissions);
  expect(await write("a@x.com")).toEqual([[{ email: "a@x.com" }]]);
  expect(await write("b@x.com", true)).toEqual([[{ email: "b@x.com" }]]);

  const inSteps = database.transact(
    claims,
    async (transaction) => {
      return { result: await transaction.run([insert("c@x.com")]) };
    },
    false,
    admissions,
  );
  const refused = [
    inSteps,
    write("d@x.com"),
    write("e@x.com", true),
    database.read(claims, [insert("f@x.com")], admissions),
  ];
  for (const one of refused) await expect(one).rejects.toThrow(NotAdmitted);
  expect(told).toEqual([1, 2, 3, 3, 3, 3]);
  expect(await database.write(claims, [insert("g@x.com")])).toEqual([[{ email: "g@x.com" }]]);
  expect(await emails()).toEqual(["a@x.com", "g@x.com"]);
});

test("a request stays counted though its write fails", async () => {
  const { database, claims, admissions, told, emails } = await limited();
  const failing = { text: "select 1 / 0", values: [] };
  const failed = database.write(claims, [insert("a@x.com"), failing], false, admissions);
  await expect(failed).rejects.toThrow("division by zero");
  await database.write(claims, [insert("b@x.com")], false, admissions);
  expect(told).toEqual([1, 2]);
  expect(await emails()).toEqual(["b@x.com"]);
});
