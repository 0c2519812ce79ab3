import type { Sample } from "./sample.ts";

/** Rows of the bytes of files, and of what has them, in the order of their links. */
export const FILE_SAMPLES: Readonly<Record<string, Sample>> = {
  "crm.stored_bytes": (_, own) => ({ size: 2, is_kept: false, lead_id: own["crm.leads"] }),
  "crm.stored_pieces": (_, own) => ({
    bytes_id: own["crm.stored_bytes"],
    position: 0,
    piece: "\\x6869",
  }),
};
