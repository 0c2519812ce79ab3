import { hubspotWork } from "../../bulk/hubspot-work.ts";
import { loadRegistries } from "../../crm/values/registries.ts";
import type { Work } from "../../jobs/work.ts";
import { hubspotReader } from "./hubspot-reader.ts";
import { knownWords } from "./known-words.ts";

/** The work of jobs that import HubSpot's contacts. */
const work: Work = hubspotWork(async ({ mapping }, workspace) => {
  await loadRegistries();
  return hubspotReader(mapping, await knownWords(workspace));
});

export default work;
