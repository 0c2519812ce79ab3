import { documentCreation, documents } from "../../crm/files.ts";
import { text } from "../../crm/values/fields.ts";
import { column, linked, number } from "../../crm/views/codecs.ts";
import { shownRecord, writeThenSelect } from "../../crm/views/statements.ts";
import { view } from "../../crm/views/view.ts";
import { leads } from "../../crm/leads.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { filter } from "../../operations/filters.ts";
import { written } from "../../operations/written.ts";
import type { LioCaller } from "./caller.ts";
import { time } from "./codecs.ts";
import { answer } from "./envelope.ts";
import { fileUrl } from "./file-links.ts";
import { oneNumber } from "./filters.ts";
import { userNumber } from "./lead-links.ts";
import { list } from "./lists.ts";
import { oneRecord } from "./schemas.ts";
import { upload } from "./upload.ts";

/** The most bytes of a file. */
export const MOST_BYTES = 25 * 1024 * 1024;

const document = view(documents, {
  id: number(),
  lead_id: linked(leads),
  file_name: column(),
  mime_type: column(),
  size: column(),
  document_type: column(),
  description: column(),
  url: fileUrl("bytes_id"),
  created_by: userNumber("user_id"),
  created_at: time(),
});

const lead = () => oneNumber().meta({ maximum: Number.MAX_SAFE_INTEGER, examples: [80231] });

const add = upload({
  id: "createDocument",
  summary: "Add a document to a lead",
  field: "file",
  most: MOST_BYTES,
  fields: () => ({
    lead_id: lead(),
    document_type: text(50).optional(),
    description: text(1_000).optional(),
  }),
  answers: () => ({ 201: oneRecord(document.schema) }),
  async write(call, { lead_id, document_type, description }, file) {
    const made = documentCreation(Number(lead_id), { ...file, document_type, description });
    return await written(
      call,
      document,
      writeThenSelect(document, made),
      (rows) => answer(201, shownRecord(document, "", rows), "Document added"),
    );
  },
});

/** Documents of leads (spec: Leads). */
export default router<LioCaller>("/api/lead/document")
  .get(
    "/list",
    scope("read"),
    list(document, {
      id: "listDocuments",
      summary: "List the documents of a lead",
      plural: "Documents",
      filters: {
        lead_id: filter(lead, (value) => ({
          is: "numbered",
          column: "lead_id",
          table: "crm.leads",
          value: Number(value),
        })),
      },
      required: ["lead_id"],
      sorts: ["id"],
    }),
  )
  .post("/add", scope("write"), add);
