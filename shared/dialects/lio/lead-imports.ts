import * as z from "zod";
import { StagedRows } from "../../bulk/staged-rows.ts";
import { importCreation, type ImportOptions, nextBatches } from "../../crm/import-jobs.ts";
import { tagNames } from "../../crm/values/tag-names.ts";
import { shownRecord, writeThenSelect, writtenId } from "../../crm/views/statements.ts";
import { sql, statement } from "../../db/sql.ts";
import { fileStore } from "../../files/store.ts";
import { BadTable } from "../../formats/tables/bad-table.ts";
import { tableRows } from "../../formats/tables/table-rows.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { answeredBefore } from "../../http/idempotency.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { isStorable } from "../../refusals/storable.ts";
import { type LioCaller, userOf } from "./caller.ts";
import { answer } from "./envelope.ts";
import { columnsOf, type Mapping, readMapping } from "./import-columns.ts";
import { importJob } from "./import-job.ts";
import { oneRecord } from "./schemas.ts";
import { type Received, upload } from "./upload.ts";

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_ROWS = 50_000;
const ON_DUPLICATE = { skip: "refuse", merge: "merge", create: "duplicate" } as const;

const ways = Object.keys(ON_DUPLICATE) as (keyof typeof ON_DUPLICATE)[];

const mapping = lazy(() =>
  z.string().transform((json, issues): Mapping => {
    const read = readMapping(json);
    if (!("message" in read)) return read;
    issues.addIssue(read.message);
    return z.NEVER;
  }).meta({
    description: "Columns of the file, each with the field of a lead that it is, as JSON.",
    examples: ['{"E-mail": "email", "Plan": "custom_fields.plan"}'],
  })
);

const fields = lazy(() => ({
  mapping: mapping().optional(),
  on_duplicate: z.enum(ways, `Must be one of ${ways.join(", ")}`).optional(),
  assigned_to: z.string().regex(/^[1-9]\d{0,14}$/, "Must be the id of a user").transform(Number)
    .optional(),
  tags: z.string().transform((text, issues): string[] => {
    const names = text.split(",").map((name) => name.trim()).filter((name) => name !== "");
    const read = tagNames().safeParse(names);
    if (read.success) return read.data;
    // A list in one text: a mistake in a name is one of the field.
    for (const message of new Set(read.error.issues.map((one) => one.message))) {
      issues.addIssue(message);
    }
    return z.NEVER;
  }).optional(),
}));

const importLeads = upload({
  id: "importLeads",
  summary: "Import leads from CSV or XLSX",
  field: "file",
  most: MOST_BYTES,
  example: "E-mail,Plan\njane@acme.com,Pro\n",
  fields,
  answers: () => ({ 201: oneRecord(importJob.schema) }),
  async write(call, given, file) {
    const before = await answeredBefore(call);
    if (before !== null) return before;
    await requireUser(call, given.assigned_to);
    const staged = await stage(call, given.mapping ?? null, file);
    const options: ImportOptions = {
      columns: staged.columns,
      tags: given.tags ?? [],
      assigned_to: given.assigned_to ?? null,
      on_existing: ON_DUPLICATE[given.on_duplicate ?? "skip"],
    };
    const making = importCreation({
      fileName: file.file_name,
      userId: userOf(call.caller).userId,
      options,
      rows: staged.rows,
      bytesId: staged.bytesId,
    });
    const statements = writeThenSelect(importJob, making, [nextBatches(writtenId)]);
    const outcome = await write(
      call,
      statements,
      (rows): Outcome => answer(201, shownRecord(importJob, "", rows.at(-1)), "Import started"),
    );
    // What is kept is its rows.
    await fileStore(call.workspace, call.services.env).discard(file.bytesId);
    return outcome;
  },
});

/** Imports of leads (spec: Leads). */
export default router<LioCaller>("/api/lead/lead-imports").post("/", scope("manage"), importLeads);

type Sent = Call<LioCaller>;

async function requireUser({ workspace }: Sent, number: number | undefined): Promise<void> {
  if (number === undefined) return;
  const [rows = []] = await workspace.read([statement(sql`
    select id from crm.users where number = ${number}::bigint and status <> 'inactive'`)]);
  if (rows.length > 0) return;
  throw new InvalidInput([{ field: "assigned_to", message: "No active user with this id." }]);
}

/** Stores the rows of a file one by one, for the job. Throws InvalidInput for what is no table. */
async function stage(
  { workspace, services: { env } }: Sent,
  given: Mapping | null,
  file: Received,
) {
  const store = fileStore(workspace, env);
  const rows = tableRows(async () => {
    const bytes = await store.read(file.bytesId);
    if (bytes === null) throw new Error("a file that was stored is gone");
    return bytes;
  });
  try {
    const { value: header } = await rows.next();
    const columns = columnsOf(headerOf(header), given);
    const staged = new StagedRows(rows, MOST_ROWS, tooMany);
    const { id } = await store.write(staged.bytes);
    return { columns, rows: staged.count, bytesId: id };
  } catch (error) {
    throw error instanceof BadTable ? wrongFile(error.message) : error;
  }
}

function headerOf(header: string[] | undefined): string[] {
  if (header === undefined || header.every((name) => name.trim() === "")) {
    throw new BadTable("Has no header row.");
  }
  if (!header.every(isStorable)) throw new BadTable("Has a header that cannot be stored.");
  return header;
}

function tooMany(): never {
  throw new BadTable(`Must have at most ${MOST_ROWS.toLocaleString("en")} rows.`);
}

function wrongFile(message: string): InvalidInput {
  return new InvalidInput([{ field: "file", message }]);
}
