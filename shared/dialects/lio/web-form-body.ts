import { formData } from "../../formats/form-data.ts";
import { parseObject, storable } from "../../formats/json.ts";
import { formatOf } from "../../formats/media-type.ts";
import { decoded } from "../../formats/multipart.ts";
import { BATCH_LIMIT, type BodyRule, jsonBody } from "../../http/body.ts";
import type { Call } from "../../http/call.ts";
import { given } from "./reading.ts";

type Sent = Pick<Call, "request" | "bytes">;

const URLENCODED = "application/x-www-form-urlencoded";
const json = jsonBody(BATCH_LIMIT);

/** The body of a submission: JSON, or what a web page sends. */
export const SUBMISSION_BODY: BodyRule = {
  limit: BATCH_LIMIT,
  accepts: (type) => json.accepts(type) || type === URLENCODED,
  expected: `${json.expected}, ${URLENCODED}`,
  binary: true,
};

/** Whether the body is what a web page sends; JSON that is called that, as by curl, is none. */
export function isWebForm({ request, bytes }: Sent): boolean {
  return formatOf(request.headers.get("content-type") ?? "", bytes) === "urlencoded";
}

/** What was submitted, key → value. Throws InvalidInput. */
export function submitted(call: Sent): Record<string, unknown> {
  const { request, bytes } = call;
  return given(
    "format",
    () =>
      storable(
        isWebForm(call)
          ? formData("urlencoded", request.headers.get("content-type") ?? "", bytes)
          : parseObject(decoded(bytes, "utf-8")),
      ),
  );
}
