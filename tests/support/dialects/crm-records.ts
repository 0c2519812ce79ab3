import { asOwner } from "../workspace.ts";

/** Nobody is there. */
const SETTINGS =
  `'{"host": "127.0.0.1", "port": 1, "security": "none", "from_email": "sales@example.com"}'`;

/** Makes what the examples of the contract name by id. */
export async function addNamed(workspaceId: string): Promise<void> {
  await asOwner(
    `with company as (
       insert into crm.companies (workspace_id, id, name)
       values ($1, '8bb73d03-06b4-47c7-80c7-59301f770eda', 'Acme Inc')
     ), list as (
       insert into crm.marketing_lists (workspace_id, id, name)
       values ($1, '9fc6ad7d-902a-4834-b161-a4911b883d44', 'Spring')
     ), deal as (
       insert into crm.deals (workspace_id, id, title)
       values ($1, '3c6e2b8e-0e8f-48db-8791-27271df10113', 'Licence')
     ), connection as (
       insert into crm.integrations (workspace_id, id, type, name, settings)
       values ($1, '84b500d7-71c8-4b1f-adf4-f1eb0000973d', 'smtp', 'Sales', ${SETTINGS})
     ), pipeline as (
       insert into crm.pipelines (workspace_id, name) values ($1, 'Renewals') returning id
     )
     insert into crm.stages (workspace_id, id, pipeline_id, name, position)
     select $1, stage.id::uuid, pipeline.id, stage.name, stage.position from pipeline, (values
       ('497f6eca-6276-4993-bfeb-53cbbbba6f08', 'Due', 1),
       ('ef8acdf2-9c60-4264-8296-0d97712d5691', 'Renewed', 2)) as stage (id, name, position)`,
    [workspaceId],
  );
}

/** Makes users, as no operation does; answers their ids. */
export async function users(workspaceId: string): Promise<string[]> {
  const made = await asOwner<{ id: string }>(
    `insert into crm.users (workspace_id, name, email)
     select $1, 'User ' || i, 'user' || i || '@example.com' from generate_series(1, 3) i returning id`,
    [workspaceId],
  );
  return made.map(({ id }) => id);
}

/** Makes a marketing list; answers its id. */
export async function lists(workspaceId: string): Promise<string[]> {
  const made = await asOwner<{ id: string }>(
    "insert into crm.marketing_lists (workspace_id, name) values ($1, 'Autumn') returning id",
    [workspaceId],
  );
  return made.map(({ id }) => id);
}

/** The ids of the pipelines. */
export async function pipelines(workspaceId: string): Promise<string[]> {
  const made = await asOwner<{ id: string }>(
    "select id from crm.pipelines where workspace_id = $1 order by is_default desc",
    [workspaceId],
  );
  return made.map(({ id }) => id);
}

/** Makes something that mail goes through; answers its id. */
export async function connections(workspaceId: string): Promise<string[]> {
  const made = await asOwner<{ id: string }>(
    `insert into crm.integrations (workspace_id, type, name, settings)
     values ($1, 'smtp', 'Support', ${SETTINGS}) returning id`,
    [workspaceId],
  );
  return made.map(({ id }) => id);
}
