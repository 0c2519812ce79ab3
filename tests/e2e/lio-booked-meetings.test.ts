import { expect, test } from "vitest";
import { bookingWorld, expectUnavailable, meetingsOf } from "../support/lio-booking.ts";
import { asOwner } from "../support/workspace.ts";

test("a contact without a lead keeps its name and phone", async () => {
  const world = await bookingWorld();
  const [id, email] = [world.workspace.id, "jane@acme.com"];
  await asOwner(
    `insert into crm.contacts (workspace_id, email, first_name, last_name, phone)
      values ($1, $2, 'Known', 'Person', '+15550001111')`,
    [id, email],
  );
  const wish = { name: "Eve Other", email, phone: "+1 555 999 9999" };
  const { status, text } = await world.confirm(world.at("09:00"), wish);
  expect(status, text).toBe(201);
  const kept = await asOwner(
    `select c.first_name, c.last_name, c.phone, (select count(*)::int from crm.leads l
        where l.workspace_id = c.workspace_id and l.contact_id = c.id) as leads
      from crm.contacts c where c.workspace_id = $1`,
    [id],
  );
  expect(kept)
    .toEqual([{ first_name: "Known", last_name: "Person", phone: "+15550001111", leads: 1 }]);
});

test.each([
  [null, "none", null],
  ["Room 1", "none", null],
  ["https://", "none", null],
  ["https://meet.example.com/a b", "custom", "https://meet.example.com/a b"],
])("one held at %s has an address, or none, and can be changed", async (location, tool, url) => {
  const world = await bookingWorld({ meeting_tool: "custom", location });
  const { status, body, text } = await world.confirm(world.at("09:00"));
  expect(status, text).toBe(201);
  expect(body.data).toMatchObject({ location, meeting_url: url });
  const [meeting] = await meetingsOf(world);
  expect(meeting).toMatchObject({ meeting_tool: tool, meeting_url: url, description: null });
  expect(meeting.booking).toEqual({
    slug: world.slug,
    name: "Jane Roe",
    email: "jane@acme.com",
    company: null,
    phone: null,
    notes: null,
    timezone: "UTC",
  });
  const { api } = world.rep;
  expect(await api.done(`meeting/update/${body.data.id}`, { title: "Other" }))
    .toMatchObject({ title: "Other" });
});

test("an address tries a slug sixty times a minute", async () => {
  const world = await bookingWorld();
  const slot = { start: "2020-01-01T09:00:00Z", end: "2020-01-01T09:30:00Z" };
  // Those of two minutes, at most.
  const answers = await Promise.all(Array.from({ length: 121 }, () => world.confirm(slot)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(1);
  expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
  const others = answers.filter(({ status }) => status !== 429);
  expect(others.length).toBeGreaterThanOrEqual(60);
  for (const answer of others) expectUnavailable(answer);
  expectUnavailable(await (await bookingWorld()).confirm(slot));
});
