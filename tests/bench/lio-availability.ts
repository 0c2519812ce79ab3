import assert from "node:assert/strict";
import type pg from "pg";
import { withClient } from "../../supabase/local/owner-connection.ts";
import { requestText } from "./connection.ts";
import { type Bench, compared, type Line } from "./line.ts";
import { type LioWorkspace, lioWorkspace } from "./lio-world.ts";
import type { Target } from "./load.ts";
import { overHttp, sideBySide } from "./measure.ts";

const FEW = 1_000;
const MANY = 10_000;
const LEADS = 10;
const PATH = "/functions/v1/lio/api/calendar/availability";

/** When a user can be met next week, who has few or many meetings over the years, with as many in that week. */
export async function lioAvailability(bench: Bench): Promise<Line[]> {
  const [few, many] = await withClient(bench.adminUrl, async (owner) => {
    const both = [await withMeetings(owner, FEW), await withMeetings(owner, MANY)] as const;
    await owner.query("vacuum analyze crm.meetings");
    return both;
  });
  const figures = await sideBySide([
    overHttp("few", availability(bench, few)),
    overHttp("many", availability(bench, many)),
  ], bench.pace);
  const [least, most] = [FEW, MANY].map((meetings) => meetings.toLocaleString("en"));
  const name = `LIO: GET calendar/availability, ${most} meetings against ${least}`;
  return [compared(name, "answers/s", figures, ["many", "few"])];
}

function availability({ ours: { port } }: Bench, { user }: LioWorkspace): Target {
  const request = requestText("GET", PATH, user);
  return {
    port,
    request: () => request,
    check(_, status, body) {
      assert.equal(status, 200, JSON.stringify(body));
      assert.ok((body as { data: { slots: unknown[] } }).data.slots.length > 0);
    },
  };
}

/** Ten meetings lie within the next days, the others in hours of days before. */
async function withMeetings(owner: pg.Client, meetings: number): Promise<LioWorkspace> {
  const workspace = await lioWorkspace(owner, LEADS);
  await owner.query(
    `insert into crm.meetings (workspace_id, user_id, title, start_time, end_time)
     select $1, u.id, 'Meeting ' || n, at, at + interval '20 minutes'
     from generate_series(1, $2::int) n, crm.users u,
       lateral (select date_trunc('hour', now()) + case when n <= 10 then n * interval '7 hours'
         else n * interval '-1 hour' end as at)
     where u.workspace_id = $1 and u.number = $3`,
    [workspace.id, meetings, workspace.users[0]],
  );
  return workspace;
}
