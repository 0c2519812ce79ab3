import { leadPicture } from "../../crm/files.ts";
import { uniqueLeads } from "../../crm/unique-leads.ts";
import { number } from "../../crm/views/codecs.ts";
import { writeThenSelect } from "../../crm/views/statements.ts";
import { view } from "../../crm/views/view.ts";
import { JsonText } from "../../formats/json-text.ts";
import { written } from "../../operations/written.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { answer } from "./envelope.ts";
import { imageOf } from "./file-links.ts";
import { pathNumber } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { upload } from "./upload.ts";

const MOST_BYTES = 5 * 1024 * 1024;

const pictured = view({ ...uniqueLeads, record: "lead_image" }, {
  id: number(),
  profile_image: imageOf("lead_id"),
});

/** POST: gives a lead a picture, in place of the one before (spec: Leads). */
export const uploadProfileImage = upload({
  id: "uploadProfileImage",
  summary: "Give a lead a picture",
  field: "image",
  most: MOST_BYTES,
  pictures: "Must be a PNG, JPEG, GIF or WebP image.",
  example: "GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;",
  fields: () => ({}),
  answers: () => ({ 200: oneRecord(pictured.schema) }),
  refusals: ["not_found"],
  async write(call, _, file) {
    const lead = pathNumber(call, "id");
    const statements = writeThenSelect(pictured, leadPicture(lead, file));
    return await written(call, pictured, statements, ([row]) => {
      if (typeof row?.record !== "string") throw new RecordNotFound("lead", String(lead));
      return answer(200, new JsonText(row.record), "Profile image uploaded");
    });
  },
});
