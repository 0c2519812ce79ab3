import type { Json } from "./api-client.ts";
import { type LioClient, lioWorld } from "./lio.ts";
import { oneMore } from "./lio-leads.ts";
import { asOwner } from "./workspace.ts";

/** A workspace with ways to make target accounts, and what engages them. */
export async function accountWorld() {
  const world = await lioWorld();
  const { api } = world.admin;
  const { id: workspaceId } = world.workspace;
  const company = (name = `Company ${oneMore()}`): Promise<Json> =>
    api.made("company/add", { company_name: name });
  const account = async (more: Json = {}, as: LioClient = api): Promise<Json> => {
    const { company_id = (await company()).id, ...given } = more;
    return await as.made("target-accounts", { company_id, ...given });
  };
  return {
    ...world,
    company,
    account,
    contact: (more: object = {}): Promise<Json> =>
      api.made("contact/add", {
        name: "Hank Scorpio",
        email: `hank-${oneMore()}@example.com`,
        ...more,
      }),
    /** The ids of accounts as a list has them. */
    listed: async (query = "", as: LioClient = api): Promise<number[]> =>
      (await as.read(`target-accounts${query}`)).map(({ id }: Json) => id),
    /** Makes a lead of a company with signals, each of so many points so many days ago. */
    async lead(
      companyId: number,
      signals: readonly (readonly [points: number, days: number])[] = [],
      owner: string | null = null,
    ): Promise<number> {
      const [lead] = await asOwner<{ number: string }>(
        `with lead as (
           insert into crm.leads (workspace_id, pipeline_id, first_name, company_id, assigned_to)
           select $1, p.id, 'Jane', c.id, $5::uuid from crm.pipelines p, crm.companies c
           where p.workspace_id = $1 and p.is_default and c.workspace_id = $1 and c.number = $2
           returning id, number
         ), signals as (
           insert into crm.intent_signals (workspace_id, lead_id, signal_type, points, occurred_at)
           select $1, lead.id, 'manual', points, now() - make_interval(secs => 86400 * days)
           from lead, unnest($3::numeric[], $4::float8[]) as signal (points, days)
         )
         select number from lead`,
        [
          workspaceId,
          companyId,
          signals.map(([points]) => points),
          signals.map(([, days]) => days),
          owner,
        ],
      );
      return Number(lead?.number);
    },
    /** Makes a meeting of a company that begins now. */
    async meet(companyId: number, status: number) {
      await asOwner(
        `insert into crm.meetings (workspace_id, company_id, title, start_time, end_time, status)
         select workspace_id, id, 'Demo', now(), now() + interval '1 hour', $3 from crm.companies
         where workspace_id = $1 and number = $2`,
        [workspaceId, companyId, status],
      );
    },
    /** Makes a deal of a company at a stage of the default pipeline. */
    async deal(companyId: number, value: number, stage = "Lead", owner: string | null = null) {
      await asOwner(
        `insert into crm.deals (workspace_id, title, value, company_id, stage_id, pipeline_id, assigned_to)
         select c.workspace_id, 'Licence', $3, c.id, s.id, s.pipeline_id, $5::uuid
         from crm.companies c, crm.stages s join crm.pipelines p on p.id = s.pipeline_id
         where c.workspace_id = $1 and c.number = $2 and s.workspace_id = $1 and p.is_default
           and s.name = $4`,
        [workspaceId, companyId, value, stage, owner],
      );
    },
  };
}
