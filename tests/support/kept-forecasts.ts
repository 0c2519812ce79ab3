import { expect } from "vitest";
import { periodsFrom } from "../../shared/crm/forecast/periods.ts";
import { KEPT, type OpenForecast, SEEN } from "../../shared/crm/open-forecast.ts";
import { pipelineForecast } from "../../shared/crm/pipeline-forecast.ts";
import { sql, statement } from "../../shared/db/sql.ts";
import { apiDatabase, claimsOf } from "./as-role.ts";
import { dayFromNow, type dealWorld } from "./lio-deals.ts";
import { asOwner } from "./workspace.ts";

type World = Pick<Awaited<ReturnType<typeof dealWorld>>, "workspace" | "admin">;

/** What is kept of a forecast, and what the deals come to, as one snapshot has both. */
export async function bothForecasts(
  workspace: string,
): Promise<{ kept: string | null; seen: string }> {
  const of = (open: OpenForecast) =>
    pipelineForecast(periodsFrom(dayFromNow(0), "monthly", 6), undefined, open);
  const both = sql`select (${of(KEPT)}) as kept, (${of(SEEN)}) as seen`;
  const [[row] = []] = await apiDatabase().read(claimsOf(workspace), [statement(both)]);
  return row as { kept: string | null; seen: string };
}

/** How often it is looked while something goes on. */
const LOOKS = 15;

/** Asks for forecasts while something goes on: what is kept is nothing, or what the deals come to. */
export async function watched<T>(
  { workspace, admin: { api } }: World,
  storm: Promise<T>,
): Promise<T> {
  const ended = storm.then(() => true, () => true);
  const goesOn = () => Promise.race([ended, Promise.resolve(false)]).then((is) => !is);
  for (let look = 0; look < LOOKS && await goesOn(); look += 1) {
    await api.read("forecast/pipeline?months=6");
    const { kept, seen } = await bothForecasts(workspace.id);
    if (kept !== null) expect(kept).toBe(seen);
  }
  return await storm;
}

const OF_DEALS = ["value = value + 1", "expected_close_date = expected_close_date + 40"]
  .concat("currency = 'CHF'", "probability = 12.5", "status = 'won'", "status = 'open'")
  .concat("stage_changed_at = stage_changed_at - interval '40 days'")
  .map((set) => `update crm.deals set ${set} where workspace_id = $1`);
const OTHERS = [
  "insert into crm.deals (workspace_id, title, value) values ($1, 'One more', 1)",
  "delete from crm.deals where workspace_id = $1 and title = 'One more'",
  "update crm.stages set max_days_in_stage = 7 where workspace_id = $1",
];

/** Whatever tells of a deal's forecast ends what is kept; its title does not. */
export async function expectEnds({ workspace, admin: { api } }: World) {
  const after = async (change: string) => {
    await api.read("forecast/pipeline");
    await asOwner(change, [workspace.id]);
    return await bothForecasts(workspace.id);
  };
  for (const change of [...OF_DEALS, ...OTHERS]) {
    expect((await after(change)).kept, change).toBeNull();
  }
  const { kept, seen } = await after("update crm.deals set title = 'New' where workspace_id = $1");
  expect(kept).toBe(seen);
}
