import { type Importer, importWork } from "../../bulk/import-work.ts";
import { loadRegistries } from "../../crm/values/registries.ts";
import { sql, statement } from "../../db/sql.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Workspace } from "../../db/workspace.ts";
import type { Work } from "../../jobs/work.ts";
import { type KnownWords, readRow } from "./imported-lead.ts";

/** The work of jobs that import leads. */
const work: Work = importWork(async (stored, workspace): Promise<Importer> => {
  await loadRegistries();
  const { columns, tags, assigned_to, on_existing } = stored.options;
  const known = await knownWords(workspace);
  return {
    onExisting: on_existing,
    read: (cells) => readRow(cells, { columns, tags, assignedTo: assigned_to, known }),
  };
});

export default work;

interface Word {
  type: string;
  number: number;
  name: string;
  value: string;
}

async function knownWords(workspace: Workspace): Promise<KnownWords> {
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
