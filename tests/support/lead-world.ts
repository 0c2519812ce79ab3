import { expect } from "vitest";
import type { Database } from "../../shared/db/database.ts";
import type { Rows } from "../../shared/db/wire/pipeline.ts";
import { apiDatabase, attempt, claimsOf } from "./as-role.ts";
import { asOwner, type Limits, testWorkspace } from "./workspace.ts";

/** A record as the database answers it. */
export type Row = Record<string, unknown> & { id: string };

type Value = string | number | null | object;

/** A workspace and ways to act in it as the API's role. */
export interface LeadWorld {
  id: string;
  /** The rows of a statement. */
  rows(text: string, ...values: Value[]): Promise<Row[]>;
  /** The rows of a function of the schema app; objects are given as JSON. */
  call(name: string, ...values: Value[]): Promise<Row[]>;
  /** The SQLSTATE that the same is refused with. */
  refusal(name: string, ...values: Value[]): Promise<Rows | string>;
  /** Makes a lead with these fields, by default of a new person without email. */
  create(fields?: object): Promise<Row>;
  change(lead: Row, fields: object): Promise<Row>;
  lead(id: string): Promise<Row>;
  contacts(): Promise<Row[]>;
  /** Inserts a record, and answers it. */
  insert(table: string, fields: object): Promise<Row>;
  /** A stage of the default pipeline, by its name. */
  stage(name: string): Promise<Row>;
  /** The workspace's events from now on, without those that were there. */
  events(): Promise<Row[]>;
}

/** In place of a lead's score, which a job may have computed meanwhile. */
export const SCORED = { fit_intent_score: expect.anything(), ai_information: expect.anything() };

/** What happened, in no order: such as `leads updated`. */
export function summary(events: Row[]): string[] {
  return events.map(({ resource, action }) => `${resource} ${action}`).sort();
}

export async function leadWorld({ size = 4, limits = {} as Limits } = {}): Promise<LeadWorld> {
  const { id } = await testWorkspace(limits);
  const database = apiDatabase({ size });
  const statement = (name: string, values: Value[]) => ({
    text: `select * from app.${name}(${values.map((_, i) => `$${i + 1}`).join()})`,
    values: values.map(asParameter),
  });
  const rows = (text: string, ...values: Value[]) => run(database, id, text, values);
  const call = (name: string, ...values: Value[]) => {
    const { text, values: given } = statement(name, values);
    return run(database, id, text, given);
  };
  const only = async (made: Promise<Row[]>) => (await made)[0]!;
  return {
    id,
    rows,
    call,
    refusal: (name, ...values) => attempt(database, claimsOf(id), statement(name, values)),
    create: (fields = {}) => only(call("create_lead", { first_name: "Sarah", ...fields })),
    change: (lead, fields) => only(call("change_lead", lead.id, fields)),
    lead: (lead) => only(rows("select * from crm.leads_with_links where id = $1", lead)),
    contacts: () => rows("select * from crm.contacts order by number"),
    insert: (table, fields) =>
      only(rows(
        `insert into crm.${table} (${Object.keys(fields).join()})
          select ${Object.keys(fields).join()} from jsonb_populate_record(null::crm.${table}, $1)
          returning *`,
        fields,
      )),
    stage: (name) =>
      only(rows(
        `select s.* from crm.stages s join crm.pipelines p on p.id = s.pipeline_id
          where p.is_default and s.name = $1`,
        name,
      )),
    events: eventsFromNow(id),
  };
}

async function run(
  database: Database,
  id: string,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const [rows = []] = await database.write(claimsOf(id), [
    { text, values: (values as Value[]).map(asParameter) },
  ]);
  return rows as Row[];
}

function asParameter(value: Value): string | number | null {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}

function eventsFromNow(id: string): () => Promise<Row[]> {
  let last = 0;
  return async () => {
    const rows = await asOwner<Row>(
      "select * from crm.events where workspace_id = $1 and sequence > $2 order by sequence",
      [id, last],
    );
    last = Number(rows.at(-1)?.sequence ?? last);
    return rows;
  };
}
