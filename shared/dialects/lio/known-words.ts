import { sql, statement } from "../../db/sql.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Workspace } from "../../db/workspace.ts";
import type { KnownWords } from "./imported-lead.ts";

interface Word {
  type: string;
  number: number;
  name: string;
  value: string;
}

/** What values of the lists of leads may be given as. */
export async function knownWords(workspace: Workspace): Promise<KnownWords> {
  const [rows] = await workspace.read([statement(sql`
    select type, number::int as number, name, value from crm.lookups
    where module_name = 'lead' and type in ('status', 'source', 'priority') and is_active`)]);
  const numbers = new Map<string, number>();
  for (const { type, number, name, value } of rowsOf<Word>(rows)) {
    for (const one of [value, name, String(number)]) {
      numbers.set(`${type} ${one.toLowerCase()}`, number);
    }
  }
  return { numberOf: (list, given) => numbers.get(`${list} ${given.toLowerCase()}`) ?? null };
}
