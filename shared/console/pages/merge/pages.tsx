import type { ConsolePage } from "../console-page.ts";
import { MergePage } from "./merge-page.tsx";

export const MERGE: readonly ConsolePage[] = [
  { pattern: "/contacts/:id/merge", role: "rep", show: ({ id = "" }) => <MergePage id={id} /> },
];
