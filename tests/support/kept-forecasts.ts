import { expect } from "vitest";
import { periodsFrom } from "../../shared/crm/forecast/periods.ts";
import { KEPT, type OpenForecast, SEEN } from "../../shared/crm/open-forecast.ts";
import { pipelineForecast } from "../../shared/crm/pipeline-forecast.ts";
import { sql, statement } from "../../shared/db/sql.ts";
import { apiDatabase, claimsOf } from "./as-role.ts";
import { dayFromNow, type dealWorld } from "./lio-deals.ts";

type World = Pick<Awaited<ReturnType<typeof dealWorld>>, "workspace" | "admin">;

/** What is kept of a forecast, and what the deals come to, as one snapshot has both. */
export async function bothForecasts(workspace: string): Promise<{ kept: string | null; seen: string }> {
  const of = (open: OpenForecast) =>
    pipelineForecast(periodsFrom(dayFromNow(0), "monthly", 6), undefined, open);
  const both = sql`select (${of(KEPT)}) as kept, (${of(SEEN)}) as seen`;
  const [[row] = []] = await apiDatabase().read(claimsOf(workspace), [statement(both)]);
  return row as { kept: string | null; seen: string };
}

/** Asks for forecasts for as long as something goes on: what is kept is nothing, or what the deals come to. */
export async function watched<T>({ workspace, admin: { api } }: World, storm: Promise<T>): Promise<T> {
  const ended = storm.then(() => true, () => true);
  const goesOn = () => Promise.race([ended, Promise.resolve(false)]).then((is) => !is);
  while (await goesOn()) {
    await api.read("forecast/pipeline?months=6");
    const { kept, seen } = await bothForecasts(workspace.id);
    if (kept !== null) expect(kept).toBe(seen);
  }
  return await storm;
}
