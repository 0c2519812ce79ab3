import { isAtLeast } from "../../session.ts";
import { Page } from "../../ui/page.tsx";
import { Exports } from "./exports.tsx";
import { Imports } from "./imports.tsx";
import { OtherJobs } from "./other-jobs.tsx";

/** What goes on in the background: imports, exports, and every other job. */
export function JobsPage() {
  return (
    <Page title="Jobs">
      <Imports />
      <Exports />
      {isAtLeast("admin") && <OtherJobs />}
    </Page>
  );
}
