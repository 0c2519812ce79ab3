import type { Failed, Unseen } from "./mail.ts";

/** What a failure means for a question, which may be asked again however it went. */
export function unseen(failed: Failed): Unseen {
  if (failed.state !== "in_doubt") return failed;
  return { ...failed, state: "later", account: false };
}
