import { companies } from "../../shared/crm/companies.ts";
import { contacts } from "../../shared/crm/contacts.ts";
import type { Condition, Membership } from "../../shared/crm/lists/conditions.ts";
import { column, linked, number } from "../../shared/crm/views/codecs.ts";
import { view } from "../../shared/crm/views/view.ts";
import { asOwner, testWorkspace } from "./workspace.ts";

const MANY = 60;

/** Groups of contacts: by the companies that their activities are about. */
export const TALKS: Membership = {
  table: "crm.activities",
  record: "contact_id",
  group: "company_id",
  groups: "crm.companies",
  key: "name_key",
};
/** Shows neither the id nor what most lists are sorted or filtered by. */
export const brief = view(contacts, {
  id: number(),
  givenName: column("first_name"),
  company: linked(companies, "company_id"),
  updatedAt: column("updated_at"),
});

/** The company that conditions are about. */
export interface Company {
  id: string;
  number: number;
}

/** A workspace with contacts of three companies, beside another one with the same; answers its id. */
export async function contactsOfCompanies(): Promise<{ id: string; acme: Company }> {
  const [mine, theirs] = [await testWorkspace(), await testWorkspace()];
  for (const workspace of [mine.id, theirs.id]) {
    await asOwner(
      `insert into crm.companies (workspace_id, name)
        select $1, name from unnest('{ACME Straße,Öko,Other}'::text[]) name`,
      [workspace],
    );
    await asOwner(
      `insert into crm.contacts (workspace_id, first_name, last_name, status, company_id, created_at)
        select $1, (array['Zoë', 'anna', null])[1 + n % 3], 'Person ' || n % 4,
          (array['new', 'active', 'lost'])[1 + n % 3],
          case when n % 4 > 0 then (select id from crm.companies
            where workspace_id = $1 and name = (array['Öko', 'ACME Straße', 'Other'])[n % 4]) end,
          timestamptz '2026-01-01' + n / 3 * interval '1 hour'
        from generate_series(1, $2) n`,
      [workspace, MANY],
    );
    await asOwner(
      `insert into crm.activities (workspace_id, type, contact_id, company_id)
        select c.workspace_id, 'call', c.id, m.id from crm.contacts c
          join crm.companies m on m.workspace_id = c.workspace_id and m.name <> 'Other'
          cross join generate_series(1, 2)
        where c.workspace_id = $1 and c.last_name in ('Person 1', 'Person 2')
          and (m.name = 'Öko' or c.last_name = 'Person 2')`,
      [workspace],
    );
  }
  const [acme] = await asOwner<{ id: string; number: number }>(
    "select id, number::int from crm.companies where workspace_id = $1 and name like 'ACME%'",
    [mine.id],
  );
  return { id: mine.id, acme: acme! };
}

export const AFTER = { is: "after", column: "created_at", value: "2026-01-01T04:00:00Z" } as const;
export const BEFORE = {
  is: "before",
  column: "created_at",
  value: "2026-01-01 14:00:00+00",
} as const;
const IN_TIME = "created_at > '2026-01-01T04:00Z' and created_at < '2026-01-01T14:00Z'";
const OF_ACME =
  "company_id = (select id from crm.companies where workspace_id = $1 and name like 'ACME%')";
const numbered = (value: number): Condition => ({
  is: "numbered",
  column: "company_id",
  table: "crm.companies",
  value,
});
const talks = (value: string): Condition => ({ is: "member", of: TALKS, value });
const talksWith = (name: string) =>
  `exists (select from crm.activities a join crm.companies m on m.id = a.company_id
    where a.contact_id = records.id and m.name = '${name}')`;

/** Conditions, and what a plain query says in their place. */
export const CONTACTS: [string, (acme: Company) => Condition[], string][] = [
  ["after", () => [AFTER], "created_at > '2026-01-01T04:00Z'"],
  ["before", () => [BEFORE], "created_at < '2026-01-01T14:00Z'"],
  ["between", () => [AFTER, BEFORE], IN_TIME],
  [
    "after two times",
    () => [AFTER, { ...AFTER, value: "2026-01-01T08:00Z" }],
    "created_at > '2026-01-01T08:00Z'",
  ],
  [
    "equal and between",
    () => [{ is: "equal", column: "status", value: "new" }, AFTER, BEFORE],
    `status = 'new' and ${IN_TIME}`,
  ],
  ["a number", (acme) => [numbered(acme.number)], OF_ACME],
  [
    "a number and after",
    (acme) => [AFTER, numbered(acme.number)],
    `${OF_ACME} and created_at > '2026-01-01T04:00Z'`,
  ],
  ["no such number", () => [numbered(-1)], "false"],
  [
    "among counted",
    () => [{ is: "among", column: "status", type: "text", value: ["new", "lost", "new", "x"] }],
    "status in ('new', 'lost')",
  ],
  [
    "among others",
    (acme) => [{ is: "among", column: "company_id", type: "uuid", value: [acme.id] }],
    OF_ACME,
  ],
  ["among none", () => [{ is: "among", column: "status", type: "text", value: [] }], "false"],
  [
    "among and equal",
    (acme) => [
      { is: "among", column: "status", type: "text", value: ["new", "lost"] },
      numbered(acme.number),
    ],
    `${OF_ACME} and status in ('new', 'lost')`,
  ],
  [
    "a group and others",
    () => [
      { is: "among", column: "status", type: "text", value: ["new", "lost"] },
      talks("öko"),
      { is: "equal", column: "status", value: "lost" },
    ],
    `${talksWith("Öko")} and status = 'lost'`,
  ],
  ["null", () => [{ is: "null", column: "company_id" }], "company_id is null"],
  [
    "present",
    () => [{ is: "present", column: "company_id" }, BEFORE],
    "company_id is not null and created_at < '2026-01-01T14:00Z'",
  ],
  ["a group", () => [talks("öko")], talksWith("Öko")],
  ["a group in other case", () => [talks("acme STRAßE")], talksWith("ACME Straße")],
  [
    "two groups and after",
    () => [talks("ÖKO"), AFTER, talks("acme straße")],
    `${talksWith("Öko")} and ${talksWith("ACME Straße")} and created_at > '2026-01-01T04:00Z'`,
  ],
  ["no such group", () => [talks("%")], "false"],
];
export const COMPANIES: typeof CONTACTS = [
  [
    "text of any case",
    () => [{ is: "folded", column: "name_key", value: "acme straße" }],
    "name = 'ACME Straße'",
  ],
  ["no pattern", () => [{ is: "folded", column: "name_key", value: "acme%" }], "false"],
];
