import { type Database, utc } from "./database.ts";
import { quoted, Refusal } from "./refusal.ts";

/** What a workspace may use; a limit that is not given keeps its value or gets its default. */
export interface Limits {
  requestsPerMinute?: number;
  contactsPerDay?: number;
  activitiesPerDay?: number;
}

/** A workspace; times are RFC 3339 in UTC. */
export interface Workspace extends Required<Limits> {
  id: string;
  slug: string;
  name: string;
  /** Where phone numbers without a country code are dialled: ISO 3166-1 alpha-2, null for anywhere. */
  defaultCountry: string | null;
  createdAt: string;
}

const COLUMNS =
  `id, slug, name, default_country as "defaultCountry", requests_per_minute as "requestsPerMinute",
  contacts_per_day as "contactsPerDay", activities_per_day as "activitiesPerDay",
  ${utc("created_at")} as "createdAt"`;

/** Makes a workspace. Its slug must be new. */
export async function createWorkspace(
  database: Database,
  workspace: { slug: string; name: string; defaultCountry?: string | null; limits?: Limits },
): Promise<Workspace> {
  const given = columnsOf(workspace.limits ?? {});
  const columns = ["slug", "name", "default_country", ...given.map(([column]) => column)];
  const { rows } = await database.query<Workspace>(
    `insert into crm.workspaces (${columns.join(", ")})
     values (${columns.map((_, index) => `$${index + 1}`).join(", ")})
     on conflict (slug) do nothing returning ${COLUMNS}`,
    [
      workspace.slug,
      workspace.name,
      workspace.defaultCountry ?? null,
      ...given.map(([, limit]) => limit),
    ],
  );
  if (rows[0]) return rows[0];
  throw new Refusal(
    "conflict",
    `There is a workspace ${quoted(workspace.slug)} already: choose another slug.`,
  );
}

/** All workspaces, by slug. */
export async function listWorkspaces(database: Database): Promise<Workspace[]> {
  const { rows } = await database.query<Workspace>(
    `select ${COLUMNS} from crm.workspaces order by slug`,
  );
  return rows;
}

/** Changes the given limits of a workspace and keeps the others. */
export async function setLimits(
  database: Database,
  slug: string,
  limits: Limits,
): Promise<Workspace> {
  const given = columnsOf(limits);
  const changes = given.map(([column], index) => `${column} = $${index + 2}`);
  const { rows } = await database.query<Workspace>(
    `update crm.workspaces set ${["slug = slug", ...changes].join(", ")}
     where slug = $1 returning ${COLUMNS}`,
    [slug, ...given.map(([, limit]) => limit)],
  );
  if (rows[0]) return rows[0];
  throw unknownWorkspace(slug);
}

/** Changes where a workspace's phone numbers without a country code are dialled; null for anywhere. */
export async function setCountry(
  database: Database,
  slug: string,
  country: string | null,
): Promise<Workspace> {
  const { rows } = await database.query<Workspace>(
    `update crm.workspaces set default_country = $2 where slug = $1 returning ${COLUMNS}`,
    [slug, country],
  );
  if (rows[0]) return rows[0];
  throw unknownWorkspace(slug);
}

/** What to say when no workspace has the slug. */
export function unknownWorkspace(slug: string): Refusal {
  return new Refusal(
    "not_found",
    `There is no workspace ${quoted(slug)}: see \`npm run admin -- workspaces list\`, ` +
      "or make it with `workspaces create`.",
  );
}

function columnsOf(limits: Limits): [column: string, limit: number][] {
  const columns: [string, number | undefined][] = [
    ["requests_per_minute", limits.requestsPerMinute],
    ["contacts_per_day", limits.contactsPerDay],
    ["activities_per_day", limits.activitiesPerDay],
  ];
  return columns.filter((column): column is [string, number] => column[1] !== undefined);
}

/** The id of a workspace. Throws Refusal when there is none of that slug. */
export async function workspaceId(database: Database, slug: string): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    "select id from crm.workspaces where slug = $1",
    [slug],
  );
  if (rows[0]) return rows[0].id;
  throw unknownWorkspace(slug);
}
