import { expect, test } from "vitest";
import { apiDatabase, attempt, claimsOf } from "../support/as-role.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const AT_ONCE = 20;

/** A workspace with a user, whom visitors book. */
async function world() {
  const { id } = await testWorkspace();
  const [user] = await asOwner<{ id: string }>(
    "insert into crm.users (workspace_id, name, email) values ($1, 'Rita', 'rita@example.com') returning id",
    [id],
  );
  const database = apiDatabase();
  const run = (text: string, ...values: unknown[]) =>
    attempt(database, claimsOf(id), { text, values });
  const insert = (start: string, end: string, more: object = {}) =>
    run(
      "select app.insert_meeting(jsonb_populate_record(null::crm.meetings, $1), null) as id",
      JSON.stringify({ user_id: user?.id, title: "M", start_time: start, end_time: end, ...more }),
    );
  const time = (text: string) => `2030-01-07T${text}:00Z`;
  return {
    id,
    userId: String(user?.id),
    run,
    insert,
    /** Books as a visitor does. */
    book: (start: string, end: string, more: object = {}) =>
      insert(time(start), time(end), { is_exclusive: true, ...more }),
    /** Meets by hand. */
    meet: (start: string, end: string) => insert(time(start), time(end)),
  };
}

const MADE = [{ id: expect.any(String) }];
const TAKEN = "LB100";

test("what is booked overlaps nothing, with its buffers, and may touch", async () => {
  const { book } = await world();
  const buffers = { buffer_before: 10, buffer_after: 15 };
  expect(await book("10:00", "10:30", buffers)).toEqual(MADE);
  expect(await book("10:00", "10:30")).toBe(TAKEN);
  expect(await book("10:30", "11:00")).toBe(TAKEN);
  expect(await book("10:44", "11:00")).toBe(TAKEN);
  expect(await book("09:00", "09:51")).toBe(TAKEN);
  expect(await book("10:45", "11:00")).toEqual(MADE);
  expect(await book("09:00", "09:50")).toEqual(MADE);
  expect(await book("11:05", "11:30", buffers)).toBe(TAKEN);
  expect(await book("11:10", "11:30", buffers)).toEqual(MADE);
});

test("what is booked overlaps no meeting made by hand, nor an event; a user may overlap all", async () => {
  const { id, userId, book, meet, run } = await world();
  expect(await meet("10:00", "10:30")).toEqual(MADE);
  expect(await book("10:15", "10:45")).toBe(TAKEN);
  expect(await book("10:30", "11:00")).toEqual(MADE);
  expect(await meet("10:15", "10:45")).toEqual(MADE);
  await asOwner(
    `insert into crm.calendar_events (workspace_id, user_id, title, start_time, end_time, busy)
     values ($1, $2, 'Away', '2030-01-07 12:00Z', '2030-01-07 13:00Z', true),
       ($1, $2, 'Birthday', '2030-01-07 00:00Z', '2030-01-08 00:00Z', false)`,
    [id, userId],
  );
  expect(await book("12:30", "13:30")).toBe(TAKEN);
  expect(await book("13:00", "13:30")).toEqual(MADE);
  for (const status of [3, 4, 5]) {
    await run("update crm.meetings set status = $1", status);
    expect(await book("10:00", "10:30")).toEqual(MADE);
  }
});

test("of many that are booked at once, one is made", async () => {
  const { id, book } = await world();
  const starts = Array.from({ length: AT_ONCE }, (_, i) => `10:${String(i).padStart(2, "0")}`);
  const booked = await Promise.all(starts.map((start) => book(start, "11:00")));
  expect(booked.filter((one) => typeof one !== "string")).toEqual([MADE]);
  expect(booked.filter((one) => one === TAKEN)).toHaveLength(AT_ONCE - 1);
  expect(await asOwner("select 1 from crm.meetings where workspace_id = $1", [id])).toHaveLength(1);
});

test("the table refuses an overlap that nobody looked for", async () => {
  const { id, userId } = await world();
  const insert = () =>
    asOwner(
      `insert into crm.meetings (workspace_id, user_id, title, start_time, end_time, is_exclusive)
       values ($1, $2, 'M', '2030-01-07 10:00Z', '2030-01-07 11:00Z', true)`,
      [id, userId],
    );
  await insert();
  await expect(insert()).rejects.toMatchObject({
    code: "23P01",
    constraint: "meetings_exclusive_key",
  });
});

test("a booked meeting that somebody moves by hand may overlap, and keeps its time from visitors", async () => {
  const { id, book, run } = await world();
  await book("10:00", "10:30", { buffer_after: 15 });
  await book("12:00", "12:30");
  const [first] = await asOwner<{ number: string }>(
    "select number from crm.meetings where workspace_id = $1 order by start_time limit 1",
    [id],
  );
  const moved = { start_time: "2030-01-07T12:00:00Z", end_time: "2030-01-07T12:30:00Z" };
  expect(
    await run(
      "select id from app.change_meeting($1, $2, null) id",
      first?.number,
      JSON.stringify(moved),
    ),
  ).toEqual(MADE);
  expect(await book("10:00", "10:30")).toEqual(MADE);
  expect(await book("12:30", "12:45")).toBe(TAKEN);
  expect(await book("12:45", "13:00")).toEqual(MADE);
});

test("a booking in a zone that PostgreSQL does not know is told in UTC", async () => {
  const { run, userId } = await world();
  const meeting = {
    user_id: userId,
    title: "M",
    start_time: "2030-01-07T09:00:00Z",
    end_time: "2030-01-07T09:30:00Z",
    timezone: "Mars/Base",
    booking: { name: "Ann" },
  };
  const lead = { email: "ann@acme.com", first_name: "Ann" };
  const book = "select id from app.book_meeting($1, $2, null)";
  expect(await run(book, JSON.stringify(meeting), JSON.stringify(lead))).toMatchObject(MADE);
  expect(await asOwner("select body from crm.notifications where user_id = $1", [userId]))
    .toEqual([{ body: "2030-01-07 09:00 (UTC)" }]);
});
