import type { ConsolePage } from "../console-page.ts";
import { JobsPage } from "./jobs-page.tsx";

export const JOBS: readonly ConsolePage[] = [
  { pattern: "/jobs", menu: "Jobs", except: "rep", show: () => <JobsPage /> },
];
