import * as z from "zod";
import {
  attaching,
  attachments,
  FILE_CATEGORIES,
  FILE_PROVIDERS,
  FILE_SUBJECTS,
} from "../../crm/files.ts";
import type { Condition } from "../../crm/lists/conditions.ts";
import { domainError } from "../../crm/records.ts";
import { label } from "../../crm/values/fields.ts";
import { column, lookup, number } from "../../crm/views/codecs.ts";
import { shownRecord, writeThenSelect, writtenId } from "../../crm/views/statements.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { noParameters } from "../../http/query.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { equal, filter, oneOf } from "../../operations/filters.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { LioCaller } from "./caller.ts";
import { time } from "./codecs.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { oneNumber } from "./filters.ts";
import { userNumber } from "./lead-links.ts";
import { list } from "./lists.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord, recordId } from "./schemas.ts";

const HTTPS = "Must be an https URL";

const shownFile = () =>
  z.object({
    id: z.union([z.string(), z.int()]),
    name: z.string(),
    mime_type: z.string().nullable(),
    web_url: z.string().nullable(),
  });

const attachedFile = view(attachments, {
  id: number(),
  provider: column(),
  subject_type: column(),
  subject_id: column("subject_number"),
  category: column(),
  file: lookup(shownFile, (of) =>
    sql`select json_build_object(
      'id', case ${of("provider")} when 'storage' then to_json(${of("external_id")}::bigint)
        else to_json(${of("external_id")}) end,
      'name', ${of("file_name")}, 'mime_type', ${of("mime_type")},
      'web_url', coalesce(app.file_link(${of("bytes_id")}), to_json(${of("web_url")})))`),
  created_by: userNumber("user_id"),
  created_at: time(),
});

const cloudFile = lazy(() =>
  z.strictObject({
    id: z.union([label(1_024), recordId()], "Must be the provider's id of the file"),
    name: label(255).optional().meta({
      description: "Required, but for a file that is stored here: that has its own.",
    }),
    mime_type: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/, "Must be a media type").max(255).nullable()
      .optional(),
    web_url: z.string().regex(/^https:\/\/[^\s/]\S*$/, HTTPS).max(2_048).nullable().optional(),
  })
);

const body = lazy(() =>
  z.strictObject({
    provider: z.enum(FILE_PROVIDERS, `Must be one of ${FILE_PROVIDERS.join(", ")}`),
    subject_type: z.enum(FILE_SUBJECTS, `Must be one of ${FILE_SUBJECTS.join(", ")}`),
    subject_id: recordId(),
    file: cloudFile(),
  }).superRefine(({ provider, file }, issues) => {
    if (provider === "storage") {
      if (/^[1-9]\d{0,17}$/.test(String(file.id))) return;
      issues.addIssue({
        code: "custom",
        path: ["file", "id"],
        message: "No stored file with this id",
      });
    } else if (file.name === undefined) {
      const message = "Is required, unless the file is stored here";
      issues.addIssue({ code: "custom", path: ["file", "name"], message });
    }
  })
);

const attach: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    const answered = oneRecord(attachedFile.schema);
    return {
      id: "attachFile",
      summary: "Attach a file to a record",
      body: body(),
      answers: { 201: answered, 200: answered },
    };
  },
  async run(call) {
    const [, { provider, subject_type, subject_id, file }] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(body(), objectOf(call)),
    );
    const attached = attaching(subject_type, subject_id, {
      provider,
      external_id: String(file.id),
      file_name: file.name,
      mime_type: file.mime_type,
      web_url: file.web_url,
    });
    // What this transaction made is as old as it is.
    const isNew =
      sql`select created_at = now() as is_new from crm.attachments where id = ${writtenId}`;
    try {
      return await write(call, writeThenSelect(attachedFile, attached, [isNew]), (rows) => {
        const status = rows[1]?.[0]?.is_new === true ? 201 : 200;
        return answer(status, shownRecord(attachedFile, "", rows.at(-1)), "File attached");
      });
    } catch (error) {
      throw domainError(attachments, error);
    }
  },
};

const subjects = oneOf(FILE_SUBJECTS);
const TABLES: Readonly<Record<string, string>> = {
  lead: "leads",
  contact: "contacts",
  company: "companies",
  deal: "deals",
};

// Of meetings there are none.
function ofSubject(given: Readonly<Record<string, unknown>>): Condition[] {
  const kind = String(given.subject_type);
  const table = TABLES[kind];
  return [{
    is: "query",
    shape: `of a ${kind}`,
    columns: ["subject_id"],
    value: String(given.subject_id),
    met: (value) =>
      table === undefined
        ? sql`${value}::bigint is null`
        : sql`subject_id = (select its.id from ${sql.table(`crm.${table}`)} its
            where its.number = ${value}::bigint)`,
  }];
}

/** Files that are attached to records (spec: Notifications, files, and exports). */
export default router<LioCaller>("/api/file")
  .post("/attach", scope("write"), attach)
  .get(
    "/list",
    scope("read"),
    list(attachedFile, {
      id: "listAttachedFiles",
      summary: "List the files that are attached to a record",
      plural: "Files",
      filters: {
        subject_type: filter(() => subjects().meta({ examples: ["lead"] }), () => null),
        subject_id: filter(() => oneNumber().meta({ examples: [80231] }), () => null),
        category: equal("category", oneOf(FILE_CATEGORIES)),
        provider: equal("provider", oneOf(FILE_PROVIDERS)),
      },
      required: ["subject_type", "subject_id"],
      together: ofSubject,
      sorts: ["id"],
    }),
  );
