import { createLead } from "./leadhub.ts";
import { type Bench, compared, type Line } from "./line.ts";
import { addAutomation, forgetJobs, leadWorkspace, listeningWorkspace } from "./listeners.ts";
import { overHttp, sideBySide } from "./measure.ts";

const NOBODY = "http://127.0.0.1:9/";

/**
 * What a caller pays for an automation and a webhook that its new lead is for, beside a workspace without:
 * the job that is written with the lead. No worker runs: on one machine it would take its processor from
 * both sides alike.
 */
export async function listened(bench: Bench): Promise<Line[]> {
  const without = await leadWorkspace(bench);
  const withBoth = await listeningWorkspace(bench, NOBODY);
  await addAutomation(bench, withBoth);
  const figures = await sideBySide([
    overHttp("without", createLead(bench, without.key, "without")),
    overHttp("with", createLead(bench, withBoth.key, "with")),
  ], bench.pace);
  await forgetJobs(bench, withBoth);
  const bound = { at: "most", value: 1.15 } as const;
  const name = "LeadHub: cost of POST lead with an automation and a webhook";
  return [compared(name, "records/s", figures, ["without", "with"], bound)];
}
