import { stringify } from "lossless-json";
import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import { resource, type WritableResource } from "./resource.ts";
import * as answer from "./values/record-schema.ts";

/** Whose services keep files that are attached; `storage` is here. */
export const FILE_PROVIDERS = [
  "google_drive",
  "onedrive",
  "sharepoint",
  "dropbox",
  "box",
  "storage",
] as const;

/** What files are. */
export const FILE_CATEGORIES = [
  "image",
  "pdf",
  "document",
  "spreadsheet",
  "presentation",
  "audio",
  "video",
  "archive",
  "other",
] as const;

/** What files are attached to. */
export const FILE_SUBJECTS = ["lead", "contact", "company", "deal", "meeting"] as const;

/** A file whose bytes are stored. */
export interface NewFile {
  bytesId: string;
  file_name: string;
  mime_type: string;
}

const sorts = { number: { column: "number", type: "bigint", unique: true } } as const;
const stored = {
  id: column.id,
  bytes_id: column.readOnly(answer.id),
  file_name: column.readOnly(z.string()),
  mime_type: column.readOnly(z.string()),
  size: column.readOnly(z.int().min(0)),
  user_id: column.readOnly(answer.link),
  created_at: column.time,
};

/** Documents of leads. */
export const documents: WritableResource = resource({
  record: "document",
  name: "documents",
  table: "crm.documents",
  columns: {
    ...stored,
    lead_id: column.readOnly(answer.id),
    document_type: column.text(50),
    description: column.text(1_000),
  },
  sorts,
});

/** Files that users store, to attach them. */
export const storedFiles: WritableResource = resource({
  record: "stored_file",
  name: "files",
  table: "crm.files",
  columns: stored,
  sorts,
});

/** Files that are attached to records. */
export const attachments: WritableResource = resource({
  record: "attached_file",
  name: "attachments",
  table: "crm.attachments_with_subjects",
  columns: {
    id: column.id,
    provider: column.readOnly(z.enum(FILE_PROVIDERS)),
    subject_type: column.readOnly(z.enum(FILE_SUBJECTS)),
    subject_number: column.readOnly(z.int()),
    category: column.readOnly(z.enum(FILE_CATEGORIES)),
    external_id: column.readOnly(z.string()),
    file_name: column.readOnly(z.string()),
    mime_type: column.readOnly(answer.text),
    web_url: column.readOnly(answer.text),
    bytes_id: column.readOnly(answer.link),
    user_id: column.readOnly(answer.link),
    created_at: column.time,
  },
  uncounted: true,
  sorts,
});

/** A document as it is made of a file. */
export interface NewDocument extends NewFile {
  document_type?: string | undefined;
  description?: string | undefined;
}

/** The query that makes a document of the lead with a number, and answers its `id`. */
export function documentCreation(lead: number, { bytesId, ...fields }: NewDocument): Sql {
  return sql`select app.add_document(${lead}, ${bytesId}, ${stringify(fields)}::jsonb) as id`;
}

/** The query that makes a stored file, and answers its `id`. */
export function fileCreation({ bytesId, ...fields }: NewFile): Sql {
  return sql`select app.add_file(${bytesId}, ${stringify(fields)}::jsonb) as id`;
}

/** The query that gives the lead with a number a picture, and answers the lead's `id`; nothing without the lead. */
export function leadPicture(lead: number, { bytesId, ...fields }: NewFile): Sql {
  return sql`select id from app.set_lead_image(${lead}, ${bytesId}, ${
    stringify(fields)
  }::jsonb) id`;
}

/** The query that gives a company a logo, in place of the one that it has, or none. */
export function companyLogo(company: Sql, file: NewFile | null): Sql {
  const { bytesId = null, ...fields } = file ?? {};
  return sql`select app.set_company_logo(${company}, ${bytesId}::uuid, ${
    stringify(fields)
  }::jsonb)`;
}

/** A file that is to be attached, of any provider. */
export interface NewAttachment {
  provider: (typeof FILE_PROVIDERS)[number];
  /** What the provider calls it; of one that is stored here its number. */
  external_id: string;
  file_name?: string | undefined;
  mime_type?: string | null | undefined;
  web_url?: string | null | undefined;
}

/** The query that attaches a file to the record of a kind with a number, and answers its `id`. */
export function attaching(kind: string, subject: number, file: NewAttachment): Sql {
  return sql`select app.attach_file(${kind}, ${subject}, ${stringify(file)}::jsonb) as id`;
}
