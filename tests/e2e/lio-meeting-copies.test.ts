import { describe, expect, test } from "vitest";
import { bookingWorld } from "../support/lio-booking.ts";
import { connectCalendar, eventsIn, type Provider, PROVIDERS } from "../support/lio-calendars.ts";
import { meetingAt } from "../support/lio-meetings.ts";
import { asOwner, eventually } from "../support/workspace.ts";
import { lioWorld } from "../support/lio.ts";

const DAYS = "from=2030-01-01&to=2030-01-31";

async function copyWorld(provider: Provider, what?: string) {
  const { workspace, admin: { api, id } } = await lioWorld();
  const account = await connectCalendar(workspace, id, provider, what);
  return {
    api,
    /** Waits until the calendar has what meetings are by now, and answers what that is. */
    async copied(query = DAYS) {
      await inSync(account);
      return await eventsIn(api, provider, query);
    },
    account,
    add: (more: object = {}) => api.made("meeting/add", meetingAt(0, more)),
    change: (meeting: number, body: object) => api.done(`meeting/update/${meeting}`, body),
  };
}

async function inSync(account: string): Promise<void> {
  await eventually(async () => {
    await runSoon(account);
    const [row] = await asOwner<{ behind: string }>(
      `select count(*) as behind from crm.meeting_copies
        where account_id = $1 and (written <> wanted or event_id is null and is_begun)`,
      [account],
    );
    return Number(row?.behind) === 0;
  });
}

/** Lets jobs that failed be tried again now. */
async function runSoon(account: string): Promise<void> {
  await asOwner(
    `update crm.jobs j set run_at = now() from crm.meeting_copies c
      where c.account_id = $1 and j.payload ->> 'copy_id' = c.id::text and j.status = 'waiting'`,
    [account],
  );
}

describe.concurrent.each(PROVIDERS)("a meeting in a calendar of %s", (provider) => {
  test("is there as long as it takes place", async () => {
    const { add, change, copied, api } = await copyWorld(provider);
    const { id } = await add({
      title: "Grüße <b>日本</b>",
      description: "Bring <script>alert(1)</script>",
      meeting_tool: "custom",
      meeting_url: "https://meet.example.com/a",
      attendees: [{ email: "ann@example.com", name: "Ann" }, "bob@example.com"],
    });
    const [first, ...others] = await copied();
    expect(others).toEqual([]);
    const text =
      "Bring <script>alert(1)</script>\n\nWith: Ann <ann@example.com>, bob@example.com\n" +
      "Join: https://meet.example.com/a";
    const escaped = text.replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    expect(first).toMatchObject({
      title: "Grüße <b>日本</b>",
      description: provider === "google" ? escaped : text,
      start: "2030-01-07T09:00:00.000Z",
      end: "2030-01-07T09:30:00.000Z",
      location: "https://meet.example.com/a",
      attendees: [],
      busy: true,
    });
    const moved = meetingAt(24 * 60, { title: "Moved" });
    await change(id, moved);
    expect(await copied()).toMatchObject([{
      id: first.id,
      title: "Moved",
      start: moved.start_time,
    }]);
    await change(id, { status: 4 });
    expect(await copied()).toEqual([]);
    await change(id, { status: 1 });
    expect(await copied()).toMatchObject([{ title: "Moved" }]);
    await api.send("DELETE", `meeting/delete/${id}`);
    expect(await copied()).toEqual([]);
  });

  test("that is over or cancelled is not put there, and changes that nobody sees are not told", async () => {
    const { add, change, copied, account } = await copyWorld(provider);
    await add({ status: 3 });
    await add({ status: 4 });
    const { id } = await add();
    await change(id, { meeting_tool: "zoom", transcript: "Hello" });
    const rows = await asOwner("select wanted from crm.meeting_copies where account_id = $1", [
      account,
    ]);
    expect(rows).toEqual([{ wanted: 1 }]);
    expect(await copied()).toHaveLength(1);
  });

  test("is there once, also when the answer was lost, or when it was taken out by hand", async () => {
    const lost = await copyWorld(provider, "lost");
    await lost.add();
    expect(await lost.copied()).toHaveLength(1);
    const forgetful = await copyWorld(provider, "forgetful");
    const { id } = await forgetful.add();
    const [first] = await forgetful.copied();
    await forgetful.change(id, { title: "Again" });
    const [second, ...others] = await forgetful.copied();
    expect([second.title, others]).toEqual(["Again", []]);
    expect(second.id).not.toBe(first.id);
  });

  test("whose answer was lost goes when it is cancelled", async () => {
    const { add, change, copied, account, api } = await copyWorld(provider, "lost");
    const { id } = await add();
    // Held once it is seen, as another attempt would end it.
    await eventually(() =>
      asOwner(
        `update crm.jobs j set run_at = now() + interval '1 hour' from crm.meeting_copies c
          where c.account_id = $1 and j.payload ->> 'copy_id' = c.id::text and j.status = 'waiting'
            and j.attempts = 1 and c.is_begun
          returning j.id`,
        [account],
      ).then((rows) => rows.length > 0)
    );
    expect(await eventsIn(api, provider, DAYS)).toHaveLength(1);
    await change(id, { status: 4 });
    expect(await copied()).toEqual([]);
  });

  test("that is booked is there, and frees its time at once when it is cancelled", async () => {
    const world = await bookingWorld();
    const { rep, workspace, day } = world;
    const account = await connectCalendar(workspace, rep.id, provider, "frozen");
    const { body } = await world.confirm(world.at("09:00"));
    await inSync(account);
    expect(await eventsIn(rep.api, provider, `from=${day}&to=${day}`))
      .toMatchObject([{ title: "Intro call", start: world.at("09:00").start, busy: true }]);
    const free = async () => (await world.starts(`date=${day}`)).length;
    expect(await free()).toBe(5);
    await rep.api.done(`meeting/update/${body.data.id}`, { status: 4 });
    expect(await free()).toBe(6);
    expect((await world.confirm(world.at("09:00"))).status).toBe(201);
  });
});
