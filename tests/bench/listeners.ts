import assert from "node:assert/strict";
import { withClient } from "../../supabase/local/owner-connection.ts";
import { requestText } from "./connection.ts";
import { apiKey } from "./key.ts";
import type { Bench } from "./line.ts";
import { once } from "./load.ts";
import { emptyWorkspace } from "./seed.ts";

/** An empty workspace with a LeadHub key. */
export interface LeadWorkspace {
  id: string;
  key: string;
}

/** One that has a webhook of new leads. */
export interface ListeningWorkspace extends LeadWorkspace {
  /** What its webhook signs with. */
  secret: string;
}

const API = "/functions/v1/leadhub/api/v1";

export function leadWorkspace({ adminUrl }: Pick<Bench, "adminUrl">): Promise<LeadWorkspace> {
  return withClient(adminUrl, async (owner) => {
    const { id } = await emptyWorkspace(owner);
    return { id, key: await apiKey(owner, id, "leadhub") };
  });
}

/** Makes one whose webhook sends new leads to `url`. */
export async function listeningWorkspace(bench: Bench, url: string): Promise<ListeningWorkspace> {
  const workspace = await leadWorkspace(bench);
  const made = await post(bench, workspace, "integrations", {
    type: "webhook",
    settings: { url, events: ["lead.created"] },
  });
  return { ...workspace, secret: (made.settings as { secret: string }).secret };
}

/** Adds an automation that tags new leads. */
export async function addAutomation(bench: Bench, workspace: LeadWorkspace): Promise<void> {
  await post(bench, workspace, "automations", {
    name: "Tag",
    trigger: { type: "lead.created" },
    actions: [{ type: "add_tag", tag: "new" }],
  });
}

/**
 * Forgets what is still to be done, so that nothing that is measured later has to do it. Throws unless
 * that is a job for each lead.
 */
export async function forgetJobs({ adminUrl }: Bench, { id }: LeadWorkspace): Promise<void> {
  await withClient(adminUrl, async (owner) => {
    const { rows } = await owner.query<{ leads: number }>(
      "select count(*)::int as leads from crm.leads where workspace_id = $1",
      [id],
    );
    const { rowCount } = await owner.query("delete from crm.jobs where workspace_id = $1", [id]);
    assert.equal(rowCount, rows[0]?.leads);
  });
}

async function post(
  { ours: { port } }: Bench,
  { key }: LeadWorkspace,
  path: string,
  body: object,
): Promise<Record<string, unknown>> {
  const headers = { Authorization: `Bearer ${key}` };
  const { data } = await once({
    port,
    request: () => requestText("POST", `${API}/${path}`, headers, body),
    check: (_, status, answer) => assert.equal(status, 201, JSON.stringify(answer)),
  }) as { data: Record<string, unknown> };
  return data;
}
