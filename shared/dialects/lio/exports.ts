import process from "node:process";
import { exportCreation, exports, nextPiece } from "../../crm/exports.ts";
import { column, number } from "../../crm/views/codecs.ts";
import { shownRecord, writeThenSelect, writtenId } from "../../crm/views/statements.ts";
import { view } from "../../crm/views/view.ts";
import { sql, statement } from "../../db/sql.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import { fileStore } from "../../files/store.ts";
import { scope } from "../../http/operation.ts";
import { noParameters } from "../../http/query.ts";
import { router } from "../../http/router.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { collectMistakes } from "../../refusals/validation.ts";
import * as z from "zod";
import { type LioCaller, userOf } from "./caller.ts";
import { time } from "./codecs.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { refusal } from "./errors.ts";
import { exportBody, readExport } from "./export-body.ts";
import { userNumber } from "./lead-links.ts";
import { list } from "./lists.ts";
import { BODY, objectOf, pathNumber, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

/** An export as this API names it (decisions: 9). */
const shown = view(exports, {
  id: number(),
  export_type: column(),
  status: column(),
  file_name: () => ({
    schema: () => z.string(),
    value: sql`export_type || '-' || number || '.csv'`,
    needs: ["export_type", "number"],
    shows: null,
    input: null,
  }),
  row_count: column(),
  created_by: userNumber("created_by"),
  created_at: time(),
  finished_at: time(),
  expires_at: time(),
});

const create: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "createExport",
      summary: "Start an export",
      body: exportBody(),
      answers: { 201: oneRecord(shown.schema) },
    };
  },
  async run(call) {
    const [, given] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => readExport(objectOf(call)),
    );
    await given.check(call);
    const { type, filters } = given;
    const making = exportCreation({ type, filters, userId: userOf(call.caller).userId });
    const statements = writeThenSelect(shown, making, [nextPiece(writtenId)]);
    return await write(
      call,
      statements,
      (rows) => answer(201, shownRecord(shown, "", rows.at(-1)), "Export started"),
    );
  },
};

interface Stored {
  export_type: string;
  status: string;
  bytes_id: string | null;
}

const csv = lazy(() => z.string().meta({ contentMediaType: "text/csv" }));

const download: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "downloadExport",
      summary: "Download an export",
      answers: { 200: csv() },
      refusals: ["not_found" as const, "conflict" as const],
    };
  },
  async run(call) {
    const asked = pathNumber(call, "id");
    readQuery(call, noParameters());
    const { userId, role } = userOf(call.caller);
    const [rows] = await call.workspace.read([statement(sql`
      select export_type, status, bytes_id from crm.exports
      where number = ${asked} and (${role === "admin"} or created_by = ${userId})`)]);
    const [stored] = rowsOf<Stored>(rows);
    if (stored === undefined) throw new RecordNotFound("export", String(asked));
    const { bytes_id, export_type, status } = stored;
    if (status !== "completed" || bytes_id === null) {
      const why = status === "failed" ? "It failed; start another." : "It is under way.";
      throw refusal("conflict", "not_ready", `The export has no file. ${why}`);
    }
    const content = await fileStore(call.workspace, process.env).read(bytes_id);
    if (content === null) throw new Error("the file of an export is gone");
    return {
      status: 200,
      body: content,
      contentType: "text/csv; charset=utf-8",
      headers: {
        "Content-Disposition": `attachment; filename="${export_type}-${asked}.csv"`,
      },
    };
  },
};

const review = scope("review");

/** Exports (spec: Notifications, files, and exports). */
export default router<LioCaller>("/api/exports")
  .post("/create", scope("manage"), create)
  .get(
    "/list",
    review,
    list(shown, {
      id: "listExports",
      summary: "List exports",
      plural: "Exports",
      seen: ({ caller }) =>
        caller.userRole === "admin"
          ? []
          : [{ is: "equal", column: "created_by", value: caller.actor.id }],
      sorts: ["id", "created_at"],
    }),
  )
  .get("/download/:id", review, download);
