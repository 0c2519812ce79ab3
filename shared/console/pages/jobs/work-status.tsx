import { Badge } from "../../ui/values.tsx";
import type { WorkStatus } from "./job.ts";

const TONES = { pending: "plain", processing: "warn", completed: "good", failed: "bad" } as const;

/** How an import or an export stands. */
export function Status({ of }: { of: WorkStatus }) {
  return <Badge tone={TONES[of]}>{of}</Badge>;
}
