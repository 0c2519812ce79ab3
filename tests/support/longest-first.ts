import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that took longest in a run of all, the longest first. */
const LONGEST = [
  "contract/requests",
  "faults/generated",
  "faults/naughty",
  "contract/docs",
  "e2e/readme",
  "db/matching-plan",
  "e2e/sign-in",
  "e2e/resource-paging",
  "e2e/dev-and-reset",
  "contract/idempotency",
  "db/crm-plans",
  "db/search-plans",
  "db/plans",
  "e2e/admission",
  "db/isolation-functions",
  "contract/examples",
  "e2e/security-matrix",
  "faults/lead-crash",
  "e2e/session-entities",
  "e2e/sessions",
  "db/list-conditions-plan",
  "e2e/readme-crm",
  "e2e/start-failures",
  "e2e/start",
  "db/isolation",
  "db/ingest-plan",
  "faults/missing-ids",
  "e2e/senders",
  "e2e/events-storm",
  "deploy/deploy",
];

/** Starts the files that take long first, so that no worker is left with one when the others are done. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const place = ({ moduleId, project }: TestSpecification): number => {
      const path = relative(`${project.config.root}/tests`, moduleId);
      const at = LONGEST.indexOf(path.replace(/\.test\.ts$/, ""));
      return at === -1 ? LONGEST.length : at;
    };
    return sorted.toSorted((a, b) => place(a) - place(b));
  }
}
