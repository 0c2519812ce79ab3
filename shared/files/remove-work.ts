import type { Work } from "../jobs/work.ts";
import { bucketNamed, pathOf } from "./store.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Removes from a bucket what no record has any more: `{bucket, ids}`. */
export const removeWork: Work = {
  retryAfter: [5, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR],
  async run({ payload }, { workspace, env }) {
    const { bucket, ids } = payload as { bucket: string; ids: string[] };
    const objects = await bucketNamed(bucket, env);
    await objects.remove(ids.map((id) => pathOf(workspace, id)));
  },
};
