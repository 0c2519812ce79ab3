import { expect, test } from "vitest";
import { apiDatabase, attempt, claimsOf } from "../support/as-role.ts";
import { leadWorld } from "../support/lead-world.ts";
import { asOwner } from "../support/workspace.ts";

async function captureWorld() {
  const world = await leadWorld({ size: 8 });
  return {
    ...world,
    capture: async (given: object, existing = "refuse") => {
      const [made] = await world.call("capture_lead", given, existing);
      return {
        id: String(made?.id),
        existing: made?.existing === null ? null : Number(made?.existing),
      };
    },
    leads: () => world.rows("select * from crm.leads_with_links order by number"),
  };
}

const JANE = { email: "jane@acme.com", first_name: "Jane" };
const PROFILE = "https://www.linkedin.com/in/jane-roe/";

test("a new lead is made with its company, which has the email's domain, tags and words of lists", async () => {
  const { capture, leads, rows } = await captureWorld();
  const { existing } = await capture({
    ...JANE,
    company: "Acme",
    company_domain: "acme.com",
    lead_source: 2,
    status: 2,
    priority: 4,
    tags: ["vip", "VIP", "new"],
    custom_fields: { city: "Berlin" },
  });
  expect(existing).toBeNull();
  expect(await leads()).toMatchObject([{
    ...JANE,
    company: "Acme",
    source: "referral",
    status: "contacted",
    priority: 4,
    tags: ["new", "vip"],
    custom_fields: { city: "Berlin" },
  }]);
  expect(await rows("select name, domain from crm.companies")).toEqual([
    { name: "Acme", domain: "acme.com" },
  ]);
});

test("a lead that is there is told by its number: the email's before the profile's, of several the oldest", async () => {
  const { capture, refusal, leads } = await captureWorld();
  await capture({ linkedin_url: PROFILE });
  await capture(JANE);
  await capture(JANE, "duplicate");
  const [profile, jane] = await leads();
  const told = async (given: object) => {
    const answer = await capture(given, "duplicate");
    return answer.existing;
  };
  expect(await refusal("capture_lead", { ...JANE, linkedin_url: PROFILE }, "refuse")).toBe("LB081");
  expect(await told({ ...JANE, linkedin_url: PROFILE })).toBe(Number(jane!.number));
  expect(await told({ linkedin_url: "linkedin.com/in/Jane-Roe?trk=x" })).toBe(
    Number(profile!.number),
  );
});

test("merging overwrites what is given, adds tags and merges custom fields; null changes nothing", async () => {
  const { capture, leads } = await captureWorld();
  const made = await capture({
    ...JANE,
    job_title: "CTO",
    tags: ["a"],
    custom_fields: { x: "1", y: "2" },
  });
  const merged = await capture({
    email: "jane@acme.com",
    first_name: null,
    last_name: "Roe",
    job_title: "CEO",
    linkedin_url: PROFILE,
    tags: ["b", "A"],
    custom_fields: { y: "3", z: "4" },
  }, "merge");
  expect(merged.id).toBe(made.id);
  expect(await leads()).toMatchObject([{
    first_name: "Jane",
    last_name: "Roe",
    job_title: "CEO",
    linkedin_url: PROFILE,
    tags: ["a", "b"],
    custom_fields: { x: "1", y: "3", z: "4" },
  }]);
  const byProfile = await capture({ linkedin_url: PROFILE, phone: "+4930123456" }, "merge");
  expect(byProfile.id).toBe(made.id);
});

test("fifty captures of one email at once make one lead, whatever of them merge", async () => {
  const { id, leads, capture } = await captureWorld();
  await Promise.all(
    Array.from(
      { length: 50 },
      (_, n) =>
        capture({ ...JANE, tags: [`t${n % 5}`], custom_fields: { [`k${n}`]: "x" } }, "merge"),
    ),
  );
  const [lead, ...others] = await leads();
  expect(others).toEqual([]);
  expect(Object.keys(lead!.custom_fields as object)).toHaveLength(50);
  expect(lead!.tags).toEqual(["t0", "t1", "t2", "t3", "t4"]);
  const database = apiDatabase({ size: 8 });
  const answers = await Promise.all(
    Array.from({ length: 10 }, () =>
      attempt(database, claimsOf(id), {
        text: "select id from app.capture_lead($1, 'refuse')",
        values: [JSON.stringify({ email: "john@acme.com", linkedin_url: "linkedin.com/in/john" })],
      })),
  );
  expect(answers.filter((answer) => answer === "LB081")).toHaveLength(9);
});

test("a number that leads to nothing is refused, and a Rep learns nothing of a lead that they do not see", async () => {
  const { id, capture, refusal, rows } = await captureWorld();
  expect(await refusal("capture_lead", { ...JANE, status: 999 }, "refuse")).toBe("LB080");
  await capture(JANE);
  const [owner, rep] = await asOwner<{ id: string }>(
    `insert into crm.users (workspace_id, name, email, status)
      values ($1, 'Owner', 'owner@acme.com', 'active'), ($1, 'Rep', 'rep@acme.com', 'active') returning id`,
    [id],
  );
  await rows("update crm.leads set assigned_to = $1", owner!.id);
  const claims = { ...claimsOf(id), sub: rep!.id, user_role: "rep" as const };
  const text = "select id from app.capture_lead($1, $2)";
  for (const existing of ["refuse", "merge"]) {
    const values = [JSON.stringify(JANE), existing];
    expect(await attempt(apiDatabase(), claims, { text, values }), existing).toBe("LB081");
  }
});
