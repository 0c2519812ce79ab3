import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Claims, UserRole } from "../../shared/db/claims.ts";
import { apiDatabase, attempt, claimsOf } from "../support/as-role.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

/** A workspace with a lead, a deal and what hangs on a lead of each of: a Rep, another one, nobody. */
async function world() {
  const { id } = await testWorkspace();
  const users = await asOwner<{ id: string }>(
    `insert into crm.users (workspace_id, name, email, is_rep)
     select $1, 'Rep ' || i, i || '@example.com', true from generate_series(1, 2) i returning id`,
    [id],
  );
  const [own = "", other = ""] = users.map((user) => user.id);
  for (const owner of [own, other, null]) {
    await asOwner(
      `with lead as (
         insert into crm.leads (workspace_id, pipeline_id, assigned_to, first_name)
         select $1, p.id, $2::uuid, $3 from crm.pipelines p
         where p.workspace_id = $1 and p.is_default returning id
       ), tag as (
         insert into crm.tags (workspace_id, name) values ($1, $3) returning id
       ), tagged as (
         insert into crm.lead_tags (workspace_id, lead_id, tag_id) select $1, lead.id, tag.id from lead, tag
       ), bytes as (
         insert into crm.stored_bytes (workspace_id, size, is_kept, lead_id)
         select $1, 1, true, lead.id from lead returning id
       ), piece as (
         insert into crm.stored_pieces (workspace_id, bytes_id, position, piece)
         select $1, bytes.id, 0, 'x' from bytes
       ), document as (
         insert into crm.documents (workspace_id, lead_id, bytes_id, file_name, mime_type, size)
         select $1, lead.id, bytes.id, 'a.txt', 'text/plain', 1 from lead, bytes
       ), image as (
         insert into crm.images (workspace_id, lead_id, bytes_id)
         select $1, lead.id, bytes.id from lead, bytes
       ), attachment as (
         insert into crm.attachments (workspace_id, lead_id, provider, external_id, file_name, category)
         select $1, lead.id, 'box', '1', 'a.txt', 'document' from lead
       )
       insert into crm.deals (workspace_id, title, assigned_to) values ($1, 'Deal', $2::uuid)`,
      [id, owner, owner ?? "nobody"],
    );
  }
  const as = (role: UserRole, user: string): Claims => ({
    ...claimsOf(id),
    sub: user,
    actor: { kind: "user", id: user },
    user_role: role,
  });
  return { id, own, other, as };
}

const COUNTED = ["leads", "deals", "lead_tags", "documents", "images", "attachments"]
  .concat("stored_bytes", "stored_pieces");
const every = (rows: number) => COUNTED.map(() => rows);

describe("a Rep", () => {
  test("sees the own leads and those of nobody, with what hangs on them; others see all", async () => {
    const { id, own, as } = await world();
    const database = apiDatabase();
    const seen = async (claims: Claims) => {
      const rows = await database.read(
        claims,
        COUNTED.map((table) => ({
          text: `select count(*)::int as rows from crm.${table}`,
          values: [],
        })),
      );
      return rows.map(([row]) => row?.rows);
    };
    expect(await seen(as("rep", own))).toEqual(every(2));
    expect(await seen(as("rep", randomUUID()))).toEqual(every(1));
    for (const claims of [as("member", own), as("viewer", own), as("admin", own), claimsOf(id)]) {
      expect(await seen(claims)).toEqual(every(3));
    }
  });

  test("sees no totals that others' records are counted in, and no events of theirs", async () => {
    const { own, other, as } = await world();
    const [totals, events] = await apiDatabase().read(as("rep", own), [
      {
        text: "select 1 from crm.record_counts where resource = any ($1)",
        values: [COUNTED],
      },
      {
        text: `select distinct coalesce(after, before) ->> 'assigned_to' as owner from crm.events
          where resource in ('leads', 'deals') order by 1`,
        values: [],
      },
    ]);
    expect(totals).toEqual([]);
    expect(events?.map(({ owner }) => owner)).toEqual([own, null]);
    expect(JSON.stringify(events)).not.toContain(other);
  });

  test("changes, gives away and deletes no lead of others", async () => {
    const { own, other, as } = await world();
    const database = apiDatabase();
    const run = (text: string, ...values: unknown[]) =>
      attempt(database, as("rep", own), { text, values });
    for (const verb of ["update crm.leads set notes = 'x'", "delete from crm.leads"]) {
      expect(await run(`${verb} where assigned_to = $1 returning id`, other)).toEqual([]);
    }
    expect(await run("update crm.leads set assigned_to = $1 where assigned_to is null", other))
      .toBe("42501");
    expect(
      await run(
        "update crm.leads set assigned_to = $1 where assigned_to is null returning 1 as one",
        own,
      ),
    )
      .toEqual([{ one: 1 }]);
    const add =
      "insert into crm.leads (pipeline_id, assigned_to) select id, $1 from crm.pipelines limit 1";
    expect(await run(add, other)).toBe("42501");
  });
});
