import { expect } from "vitest";
import type { Json } from "./api-client.ts";
import { leadHub, type LeadHubClient, type LeadHubWorld, record } from "./leadhub.ts";
import { asOwner, eventually } from "./workspace.ts";

const ENDED = new Set(["succeeded", "failed", "skipped"]);

/** A workspace with ways to make automations and to see what they did. */
export interface AutomationWorld extends LeadHubWorld {
  /** Makes an automation that does this when that happens; answers its id. */
  automation(trigger: object, actions: readonly object[], more?: object): Promise<number>;
  /** Its runs, the newest first, once there are so many and all have ended. */
  ended(automation: number, count?: number): Promise<Json[]>;
  /** The runs once they look as asked for. */
  runsOnce(automation: number, look: (runs: Json[]) => boolean): Promise<Json[]>;
  /** Ends what runs and jobs wait for, as if its time had come. */
  resume(): Promise<void>;
  /** Waits until there is nothing left to do. */
  idle(): Promise<void>;
  lead(fields?: object): Promise<Json>;
  /** A lead as it is now. */
  read(id: number): Promise<Json>;
  /** Changes a lead. */
  change(id: number, fields: object): Promise<Json>;
}

export async function automationWorld(gatewayUrl?: string): Promise<AutomationWorld> {
  const world = await leadHub({}, gatewayUrl);
  const { api } = world;
  const runsOnce = (automation: number, look: (runs: Json[]) => boolean) =>
    eventually(async () => {
      const runs = await runsOf(api, automation);
      return look(runs) && runs;
    });
  return {
    ...world,
    async automation(trigger, actions, more = {}) {
      return (await api.made("automations", { name: "A", trigger, actions, ...more })).id;
    },
    runsOnce,
    ended: (automation, count = 1) =>
      runsOnce(
        automation,
        (runs) => runs.length >= count && runs.every(({ status }) => ENDED.has(status)),
      ),
    async resume() {
      await asOwner(
        `with runs as (
          update crm.automation_runs set resume_at = now() where workspace_id = $1 and status = 'waiting')
        update crm.jobs set run_at = now() where workspace_id = $1`,
        [world.id],
      );
    },
    async idle() {
      const left = () => asOwner("select kind from crm.jobs where workspace_id = $1", [world.id]);
      await expect.poll(left, { timeout: 200_000 }).toEqual([]);
    },
    lead: (fields = {}) => api.made("leads", { first_name: "Sarah", ...fields }),
    read: async (id) => record(await api.get(`leads/${id}`)),
    change: async (id, fields) => record(await api.patch(`leads/${id}`, fields)),
  };
}

function runsOf(api: LeadHubClient, automation: number): Promise<Json[]> {
  return api.listed(`automations/${automation}/runs?per_page=100`);
}
