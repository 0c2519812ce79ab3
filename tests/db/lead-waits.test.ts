import { expect, inject, test } from "vitest";
import { begin, session, untilItWaits } from "../support/as-role.ts";
import { leadWorld, type Row } from "../support/lead-world.ts";

const EMAIL = "sarah@example.com";
const CREATE = "select * from app.create_lead($1)";
const CHANGE = "select * from app.change_lead($1, $2)";

/** A person with a lead, and two others that are at work on them. */
async function twoAtWork() {
  const world = await leadWorld();
  const lead = await world.create({ email: EMAIL, last_name: "Old" });
  const [first, second] = [await session(inject("apiUrl")), await session(inject("apiUrl"))];
  for (const client of [first, second]) await begin(client, world.id);
  return { ...world, own: lead, first, second };
}

const LINKINGS: [what: string, text: string, values: unknown[]][] = [
  ["a new lead", CREATE, [{ first_name: "Ann", email: EMAIL }]],
  [
    "a lead linked by hand",
    `insert into crm.leads (contact_id, pipeline_id)
    select c.id, p.id from crm.contacts c, crm.pipelines p where $1::jsonb is null returning *`,
    [null],
  ],
];

test.each(LINKINGS)(
  "%s waits for a change of its contact, and shows what that changed",
  async (_, text, values) => {
    const { first, second, rows } = await twoAtWork();
    await first.query("update crm.contacts set last_name = 'New'");
    const made = second.query(text, values);
    await untilItWaits(second);
    await first.query("commit");
    const [lead] = (await made).rows as [Row];
    await second.query("commit");
    expect(lead).toMatchObject({ last_name: "New" });
    expect(await rows("select first_name, last_name from crm.contacts"))
      .toEqual([{ first_name: lead.first_name, last_name: "New" }]);
  },
);

test("a change of a contact waits for a new lead of it, and shows in that", async () => {
  const { first, second, rows } = await twoAtWork();
  await first.query(CREATE, [{ first_name: "Ann", email: EMAIL }]);
  const change = second.query("update crm.contacts set last_name = 'New'");
  await untilItWaits(second);
  await first.query("commit");
  await change;
  await second.query("commit");
  expect(await rows("select distinct first_name, last_name from crm.leads"))
    .toEqual([{ first_name: "Ann", last_name: "New" }]);
});

test("changes of one lead at once wait for each other, and each is kept", async () => {
  const { own, first, second, lead } = await twoAtWork();
  await first.query(CHANGE, [own.id, { custom_fields: { a: 1 }, last_name: "New" }]);
  const change = second.query(CHANGE, [own.id, { custom_fields: { b: 2 }, phone: "+1" }]);
  await untilItWaits(second);
  await first.query("commit");
  await change;
  await second.query("commit");
  expect(await lead(own.id))
    .toMatchObject({ custom_fields: { a: 1, b: 2 }, last_name: "New", phone: "+1" });
});

test("a lead whose contact is deleted meanwhile is changed by itself", async () => {
  const { own, first, second, lead, contacts } = await twoAtWork();
  await first.query("delete from crm.contacts");
  const change = second.query(CHANGE, [own.id, { phone: "+1" }]);
  await untilItWaits(second);
  await first.query("commit");
  await change;
  await second.query("commit");
  expect(await lead(own.id)).toMatchObject({ contact_id: null, email: EMAIL, phone: "+1" });
  expect(await contacts()).toEqual([]);
});
