import { fileCreation, storedFiles } from "../../crm/files.ts";
import { column, number } from "../../crm/views/codecs.ts";
import { shownRecord, writeThenSelect } from "../../crm/views/statements.ts";
import { view } from "../../crm/views/view.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { written } from "../../operations/written.ts";
import type { LioCaller } from "./caller.ts";
import { time } from "./codecs.ts";
import { MOST_BYTES } from "./document.ts";
import { answer } from "./envelope.ts";
import { fileUrl } from "./file-links.ts";
import { oneRecord } from "./schemas.ts";
import { upload } from "./upload.ts";

const storedFile = view(storedFiles, {
  id: number(),
  file_name: column(),
  mime_type: column(),
  size: column(),
  url: fileUrl("bytes_id"),
  created_at: time(),
});

const add = upload({
  id: "createStoredFile",
  summary: "Store a file",
  field: "file",
  most: MOST_BYTES,
  fields: () => ({}),
  answers: () => ({ 201: oneRecord(storedFile.schema) }),
  async write(call, _, file) {
    return await written(
      call,
      storedFile,
      writeThenSelect(storedFile, fileCreation(file)),
      (rows) => answer(201, shownRecord(storedFile, "", rows), "File stored"),
    );
  },
});

/** Files that users store (spec: Notifications, files, and exports). */
export default router<LioCaller>("/api/storage-file").post("/add", scope("write"), add);
