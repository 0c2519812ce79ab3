import type { FunctionCall } from "./connector-calls.ts";

/** The functions behind files. */
export const FILE_CALLS: Record<string, FunctionCall> = {
  keep_bytes: {
    text: "select app.keep_bytes(($1::jsonb ->> 'bytes')::uuid) as size",
    given: (ids) => ({ bytes: ids["crm.stored_bytes"] }),
    answer: [{ size: null }],
  },
};
