import type { Api, Fields } from "./api.ts";
import { cell, reasonOf } from "./connectors.ts";
import { table } from "./output.ts";
import { Refusal } from "./refusal.ts";

/** The path of the deliveries' function. */
export const DELIVERIES = "v1-public-connector-deliveries";

/** What became of a delivery that was taken up again. */
export interface Replay {
  delivery_id: string;
  /** What it is now; in a dry run, what it would have become. */
  status: string;
  answer?: Fields;
  error?: Fields;
}

const ABOUT_THE_DELIVERY = new Set(["VALIDATION_ERROR", "NOT_FOUND", "CONFLICT"]);

/** Takes a delivery up again. One that fails once more is told; other failures throw a Refusal. */
export async function replayed(api: Api, id: string, dryRun: boolean): Promise<Replay> {
  try {
    const answer = await api.call("POST", `${DELIVERIES}?id=${id}${dryRun ? "&dry_run=true" : ""}`);
    const status = dryRun ? answer.outcome : answer.id === undefined ? answer.status : "accepted";
    return { delivery_id: id, status: cell(status), answer };
  } catch (error) {
    const told = error instanceof Refusal ? error.details as Fields | undefined : undefined;
    if (!told || !ABOUT_THE_DELIVERY.has(cell(told.code))) throw error;
    return { delivery_id: id, status: "failed", error: told };
  }
}

/** For people: a line for each delivery. */
export function replayText(replays: readonly Replay[]): string {
  return table([
    ["DELIVERY", "STATUS", "RECORD OR REASON"],
    ...replays.map(({ delivery_id: id, status, answer, error }) => [
      id,
      status,
      error ? reasonOf(error) : cell(answer?.id ?? answer?.reason),
    ]),
  ]);
}
