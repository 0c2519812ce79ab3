import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that took longest in a run of all, the longest first. */
const LONGEST = [
  "contract/requests",
  "e2e/security-matrix",
  "faults/generated",
  "db/plans",
  "contract/idempotency",
  "e2e/security-records",
  "e2e/start",
  "deploy/deploy",
  "contract/examples",
  "faults/naughty",
  "e2e/readme",
  "e2e/dev-and-reset",
  "contract/docs",
  "e2e/admission",
  "faults/missing-ids",
  "deploy/readme-deploy",
  "faults/lead-crash",
  "e2e/resource-paging",
  "db/lead-lists",
  "e2e/session-entities",
  "e2e/webhooks",
  "console/connections",
  "e2e/every-operation",
  "console/access",
  "db/isolation",
  "db/isolation-functions",
  "e2e/contact-search",
  "unit/preset-oddities",
  "faults/database-errors",
  "e2e/supabase-sessions",
  "db/list-conditions-plan",
  "console/sources-pages",
  "console/forecast",
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
