import type pg from "pg";
import { apiKey } from "./key.ts";

const LEADS = 10_000;

/** A workspace with leads, and a LeadHub key of it. */
export interface BenchLeads {
  id: string;
  key: string;
  /** The numbers of some of its leads. */
  numbers: number[];
}

/** Fills a workspace with 10,000 leads in its default pipeline. */
export async function seedLeads(owner: pg.Client, id: string): Promise<BenchLeads> {
  await owner.query(
    `insert into crm.leads (workspace_id, pipeline_id, stage_id, first_name, last_name, phone, source)
     select $1, p.id, s.id, 'Marla' || n % 977, 'Steinberg' || n % 9973, '+4930' || 1000000 + n, 'website'
     from generate_series(1, ${LEADS}) n, crm.pipelines p, crm.stages s
     where p.workspace_id = $1 and p.is_default
       and s.workspace_id = $1 and s.pipeline_id = p.id and s.position = 1`,
    [id],
  );
  const { rows } = await owner.query<{ number: string }>(
    "select number from crm.leads where workspace_id = $1 order by number limit 500",
    [id],
  );
  return {
    id,
    key: await apiKey(owner, id, "leadhub"),
    numbers: rows.map(({ number }) => Number(number)),
  };
}
