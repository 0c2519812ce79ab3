import { randomUUID } from "node:crypto";
import type pg from "pg";
import { apiKey } from "./key.ts";
import { type BenchLeads, seedLeads } from "./leads.ts";

/** A workspace of the benchmark. */
export interface BenchWorkspace {
  id: string;
  /** An API key with scope admin. */
  key: string;
  contacts: number;
}

/** The workspaces that a seeded database holds. */
export interface Seeded {
  small: BenchWorkspace;
  large: BenchWorkspace;
  /** Empty ones, for writes: each side writes to its own. */
  empty: Record<"naive" | "ours" | "bare", BenchWorkspace>;
  /** Has a limit of 100 requests a minute. */
  noisy: BenchWorkspace;
  /** Empty ones that have the limits of a new workspace. */
  usual: BenchWorkspace[];
  leadhub: BenchLeads;
}

export const NAMESAKES = 5;
const PLANTED = 200;
const LITTLE_WORKSPACES = 200;
const USUAL_WORKSPACES = 600;
const UNLIMITED = 1_000_000_000;

const FIRST = syllables("Ma Li Jo An Ste El Ro Ka Vi Do", "ra na le mi ria vin las ta rek ne")
  .concat(syllables("Ha Be Fi Gu Pe Ru So Tho Ul Wi", "no da lia ben gard mar nja phie ver ko"));
const BEGIN =
  "Ber Lind Hol Mar Stein Wal Kor Fen Ast Bran Dal Eck Grun Hard Jan Kess Lor Nor Oster Rei"
    .split(" ");
const MIDDLE = "ma ne li ro ka den ber gel hau fel mit sto wen zel tra bo lu qui ver shi".split(
  " ",
);
const END = "son ner mann quist berg ley ton ford ski vic stad wood field burn hurst dorf vall gren"
  .split(" ");

/** The last name of someone who has as many namesakes in a small workspace as in a large one. */
export function plantedName(person: number): string {
  const n = person % PLANTED;
  return `${BEGIN[n % 20]}${MIDDLE[Math.floor(n / 20)]}holt`;
}

/** A first name that one in 200 contacts has. */
export function firstName(n: number): string {
  return FIRST[n % FIRST.length] ?? "";
}

function syllables(first: string, second: string): string[] {
  return first.split(" ").flatMap((a) => second.split(" ").map((b) => a + b));
}

/**
 * Fills a migrated database: two workspaces of these many contacts, 200 of fifty each, and empty
 * ones. The secondary indexes are built afterwards, which takes a third of the time.
 */
export async function seed(owner: pg.Client, small: number, large: number): Promise<Seeded> {
  await owner.query("set maintenance_work_mem = '1GB'; set synchronous_commit = off");
  const indexes = await takeIndexes(owner);
  const seeded: Seeded = {
    small: await workspace(owner, small),
    large: await workspace(owner, large),
    empty: {
      naive: await workspace(owner, 0),
      ours: await workspace(owner, 0),
      bare: await workspace(owner, 0),
    },
    noisy: await workspace(owner, 1000, 100),
    usual: [],
    leadhub: await seedLeads(owner, (await workspace(owner, 0)).id),
  };
  for (let n = 0; n < USUAL_WORKSPACES; n++) seeded.usual.push(await usualWorkspace(owner));
  for (let n = 0; n < LITTLE_WORKSPACES; n++) await workspace(owner, 50);
  for (const definition of indexes) await owner.query(definition);
  // Nothing runs on its own while rounds are measured: all that it would do is done here.
  await owner.query("alter system set autovacuum = off");
  await owner.query("select pg_reload_conf()");
  await owner.query("vacuum (freeze, analyze)");
  await owner.query("checkpoint");
  return seeded;
}

async function takeIndexes(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index where indrelid = 'crm.contacts'::regclass
       and not exists (select from pg_constraint where conindid = indexrelid)`,
  );
  for (const { name } of rows) await owner.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}

// As `workspaces create` makes one.
async function usualWorkspace(owner: pg.Client): Promise<BenchWorkspace> {
  const id = randomUUID();
  await owner.query(
    "insert into crm.workspaces (id, slug, name) values ($1::uuid, $1::uuid::text, 'Benchmark')",
    [id],
  );
  return { id, key: await apiKey(owner, id), contacts: 0 };
}

/** An empty workspace without limits. */
export function emptyWorkspace(owner: pg.Client): Promise<BenchWorkspace> {
  return workspace(owner, 0);
}

async function workspace(
  owner: pg.Client,
  contacts: number,
  requestsPerMinute = UNLIMITED,
): Promise<BenchWorkspace> {
  const id = randomUUID();
  await owner.query(
    `insert into crm.workspaces
      (id, slug, name, requests_per_minute, contacts_per_day, activities_per_day)
     values ($1::uuid, $1::uuid::text, 'Benchmark', $2, $3, $3)`,
    [id, requestsPerMinute, UNLIMITED],
  );
  if (contacts > 0) await insertContacts(owner, id, contacts);
  return { id, key: await apiKey(owner, id), contacts };
}

// Row n of every workspace is the same person; one in a thousand of a large one is planted.
async function insertContacts(owner: pg.Client, id: string, contacts: number): Promise<void> {
  const planted = Array.from({ length: PLANTED }, (_, person) => plantedName(person));
  await owner.query(
    `insert into crm.contacts (workspace_id, first_name, last_name, email, phone, title, source,
       status, signal_strength, created_at, updated_at)
     select $1::uuid, person.first, person.last,
       lower(person.first || '.' || person.last) || '.' || n || '@' || lower(person.last) || '.example',
       '+4930' || 1000000 + n, 'Head of Sales', 'website',
       case when n % 20 < 12 then 'active' when n % 20 < 17 then 'lead'
         when n % 20 < 19 then 'inactive' else 'archived' end,
       n % 101, moment, moment
     from generate_series(1, $2::int) n,
       lateral (select now() - n * interval '17 seconds' as moment) at,
       lateral (select $3::text[] as first_names, hashint4(n) & 1073741823 as h) given,
       lateral (select first_names[1 + h % ${FIRST.length}] as first,
         case when $2 >= 10000 and n % ($2 / 1000) = 0
           then ($7::text[])[1 + n / ($2 / 1000) % ${PLANTED}]
           else ($4::text[])[1 + h / 256 % ${BEGIN.length}]
             || ($5::text[])[1 + h / 8192 % ${MIDDLE.length}]
             || ($6::text[])[1 + h / 262144 % ${END.length}] end as last) person`,
    [id, contacts, FIRST, BEGIN, MIDDLE, END, planted],
  );
}
