import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { secretBox } from "../../shared/auth/secret-box.ts";
import { busyElsewhere } from "../../shared/connected/calendars/busy.ts";
import { copyWork } from "../../shared/connected/calendars/copy-work.ts";
import { Workspace } from "../../shared/db/workspace.ts";
import type { WorkContext } from "../../shared/jobs/work.ts";
import { apiDatabase } from "../support/as-role.ts";
import { connectApp } from "../support/connected-accounts.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { type Answered, type Seen, standIn } from "../support/providers/stand-in.ts";
import { asOwner, eventually, inOwnerTransaction, testWorkspace } from "../support/workspace.ts";

const BOX = secretBox(FUNCTIONS_ENVIRONMENT.LUMENBASE_ENCRYPTION_KEY);
const DAY = 86_400_000;

/** A user with a Google calendar that answers as told. */
async function world(answer: (request: Seen) => Answered | Promise<Answered>) {
  const google = await standIn(answer);
  const { id } = await testWorkspace();
  const [user] = await asOwner<{ id: string }>(
    "insert into crm.users (workspace_id, name, email) values ($1, 'Rita', $2) returning id",
    [id, `${randomUUID()}@example.com`],
  );
  const workspace = new Workspace(apiDatabase(), {
    workspaceId: id,
    actor: { kind: "job", id: randomUUID() },
    scopes: [],
    requestId: randomUUID(),
  });
  const userId = String(user?.id);
  const connect = () =>
    connectApp(id, "google", { userId, credentials: { access_token: "token-1" } });
  const env = { GOOGLE_CALENDAR_URL: google.url };
  return { google, id, userId, connect, opening: { workspace, secrets: () => BOX, env } };
}

describe("when somebody is busy elsewhere", () => {
  const within = { start: 400 * DAY + 1, end: 401 * DAY - 1 };

  test("is read once for all who ask for the same days at once", async () => {
    let open = (_: Answered) => {};
    const held = new Promise<Answered>((resolve) => open = resolve);
    const { google, connect, opening } = await world(() => held);
    const { id } = await connect();
    const at = (hour: number) => ({
      dateTime: new Date(400 * DAY + hour * 3_600_000).toISOString(),
    });
    const asking = Array.from({ length: 20 }, (_, i) =>
      busyElsewhere(opening, {
        calendars: [{ id, stale: [] }],
        within: { start: within.start + i, end: within.end },
        zone: "UTC",
      }));
    await eventually(async () => await Promise.resolve(google.seen.length > 0));
    open({ status: 200, body: { items: [{ id: "a", start: at(9), end: at(10) }] } });
    for (const busy of await Promise.all(asking)) expect(busy).toHaveLength(1);
    expect(google.seen).toHaveLength(1);
    const asked = { calendars: [{ id, stale: ["a"] }], within, zone: "UTC" };
    expect(await busyElsewhere(opening, asked)).toEqual([]);
    expect(google.seen).toHaveLength(2);
  });

  test("is waited for a while only", async () => {
    const { connect, opening } = await world(() => new Promise(() => {}));
    const { id } = await connect();
    const asked = { calendars: [{ id, stale: [] }], within, zone: "UTC", patienceMs: 100 };
    await expect(busyElsewhere(opening, asked)).rejects
      .toMatchObject({ kind: "provider_failed", message: /^A connected calendar cannot be read/ });
  });
});

test("of two jobs of a meeting the later state stays, whichever comes last", async () => {
  const titles: string[] = [];
  let open = () => {};
  const isHeld = new Promise<void>((resolve) => open = resolve);
  const { id, userId, connect, opening } = await world(async ({ method, body }) => {
    const { summary } = JSON.parse(body.toString());
    const isSlow = summary === "B" && !titles.includes("slow");
    if (isSlow) {
      titles.push("slow");
      await isHeld;
    }
    titles.push(summary);
    return { status: 200, body: { id: method === "POST" ? "a" : "b" } };
  });
  const [meeting] = await asOwner<{ id: string }>(
    `insert into crm.meetings (workspace_id, user_id, title, start_time, end_time)
      values ($1, $2, 'A', '2030-01-07T09:00Z', '2030-01-07T10:00Z') returning id`,
    [id, userId],
  );
  const { id: account } = await connect();
  const [copy] = await asOwner<{ id: string }>(
    "insert into crm.meeting_copies (workspace_id, account_id, meeting_id) values ($1, $2, $3) returning id",
    [id, account, meeting?.id],
  );
  // The jobs are run here.
  const rename = (title: string) =>
    inOwnerTransaction(async (run) => {
      await run("update crm.meetings set title = $2 where id = $1", [meeting?.id, title]);
      await run("delete from crm.jobs where workspace_id = $1", [id]);
    });
  const work = () => {
    const done = { text: "select 1", values: [] };
    const here = () => opening.workspace;
    const { signal } = new AbortController();
    const context: WorkContext = {
      ...opening,
      done,
      signal,
      publicUrl: "",
      as: here,
      asUser: here,
    };
    const payload = { copy_id: copy?.id };
    const job = { id: randomUUID(), workspaceId: id, kind: "meetings.copy", attempt: 1 };
    return copyWork.run({ ...job, payload, lease: randomUUID() }, context);
  };
  await work();
  await rename("B");
  const slow = work();
  await eventually(async () => await Promise.resolve(titles.includes("slow")));
  await rename("C");
  await work();
  open();
  await slow;
  expect(titles).toEqual(["A", "slow", "C", "B", "C"]);
  const rows = await asOwner("select wanted, written from crm.meeting_copies where id = $1", [
    copy?.id,
  ]);
  expect(rows).toEqual([{ wanted: 3, written: 3 }]);
});
