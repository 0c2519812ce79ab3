import type { ApiResponse } from "./api-client.ts";
import { asOwner, type TestWorkspace } from "./workspace.ts";

/** A record of each kind that others link to. */
export interface Links {
  company_id: string;
  contact_id: string;
  deal_id: string;
  assigned_to: string;
  pipeline_id: string;
  /** The contact's email. */
  email: string;
  /** The company's domain. */
  domain: string;
}

/** A link to one of them. */
export type Link = Exclude<keyof Links, "email" | "domain">;

/** Where the records behind links are. */
export const LINKED_TABLES: Readonly<Record<Link, string>> = {
  company_id: "crm.companies",
  contact_id: "crm.contacts",
  deal_id: "crm.deals",
  assigned_to: "crm.users",
  pipeline_id: "crm.pipelines",
};

/** Makes a record of each kind that others link to. `name` tells two sets apart. */
export async function linksIn({ api, id }: TestWorkspace, name = "linked"): Promise<Links> {
  const [email, domain] = [`${name}@person.example`, `${name}.example`];
  const company_id = idOf(await api.post("v1-public-companies", { name, domain }));
  const contact_id = idOf(await api.post("v1-public-contacts", { email }));
  const deal_id = idOf(await api.post("v1-public-deals", { title: name }));
  const assigned_to = await userIn(id, name);
  const pipeline_id = await pipelineIn(id, ["First", "Second", "Closed/won", "Gone/lost"], name);
  return { company_id, contact_id, deal_id, assigned_to, pipeline_id, email, domain };
}

/** Makes a user. */
export async function userIn(workspaceId: string, name: string): Promise<string> {
  const [user] = await asOwner<{ id: string }>(
    "insert into crm.users (workspace_id, name, email) values ($1, $2, $3) returning id",
    [workspaceId, name, `${name.toLowerCase()}@team.example`],
  );
  return user!.id;
}

/** Makes a pipeline; a stage may name its outcome, as in `Closed/won`. */
export async function pipelineIn(
  workspaceId: string,
  stages: readonly string[],
  name = "Second pipeline",
): Promise<string> {
  const [pipeline] = await asOwner<{ id: string }>(
    "insert into crm.pipelines (workspace_id, name) values ($1, $2) returning id",
    [workspaceId, name],
  );
  for (const [position, stage] of stages.entries()) {
    const [stageName, outcome = "open"] = stage.split("/");
    await asOwner(
      `insert into crm.stages (workspace_id, pipeline_id, name, position, outcome)
       values ($1, $2, $3, $4, $5)`,
      [workspaceId, pipeline!.id, stageName, position, outcome],
    );
  }
  return pipeline!.id;
}

/** Deletes the record behind a link, over the API where it can be. */
export async function deleteLinked({ api }: TestWorkspace, link: Link, id: string) {
  const path = {
    company_id: "v1-public-companies",
    contact_id: "v1-public-contacts-crud",
    deal_id: "v1-public-deals",
    assigned_to: undefined,
    pipeline_id: undefined,
  }[link];
  if (path !== undefined) return idOf(await api.delete(`${path}?id=${id}`));
  await asOwner(`delete from ${LINKED_TABLES[link]} where id = $1`, [id]);
  return id;
}

/** The id of a record that was made or deleted. Throws when it was refused. */
export function idOf({ status, body, text }: ApiResponse): string {
  if (status >= 300) throw new Error(`${status} ${text}`);
  return body.data.id;
}
