import type { Sample } from "./sample.ts";

/** Rows of the bytes of files, and of what has them, in the order of their links. */
export const FILE_SAMPLES: Readonly<Record<string, Sample>> = {
  "crm.stored_bytes": (_, own) => ({ size: 2, is_kept: false, lead_id: own["crm.leads"] }),
  "crm.stored_pieces": (_, own) => ({
    bytes_id: own["crm.stored_bytes"],
    position: 0,
    piece: "\\x6869",
  }),
  "crm.documents": (_, own) => ({
    lead_id: own["crm.leads"],
    bytes_id: own["crm.stored_bytes"],
    file_name: "offer.pdf",
    mime_type: "application/pdf",
    size: 2,
    user_id: own["crm.users"],
  }),
  "crm.files": (_, own) => ({
    bytes_id: own["crm.stored_bytes"],
    file_name: "offer.pdf",
    mime_type: "application/pdf",
    size: 2,
    user_id: own["crm.users"],
  }),
  "crm.images": (_, own) => ({
    lead_id: own["crm.leads"],
    bytes_id: own["crm.stored_bytes"],
  }),
  "crm.attachments": (_, own) => ({
    lead_id: own["crm.leads"],
    provider: "storage",
    external_id: "1",
    file_id: own["crm.files"],
    file_name: "offer.pdf",
    category: "pdf",
    user_id: own["crm.users"],
  }),
};
