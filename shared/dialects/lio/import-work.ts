import { type Importer, importWork } from "../../bulk/import-work.ts";
import { loadRegistries } from "../../crm/values/registries.ts";
import type { Work } from "../../jobs/work.ts";
import { readRow } from "./imported-lead.ts";
import { knownWords } from "./known-words.ts";

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
