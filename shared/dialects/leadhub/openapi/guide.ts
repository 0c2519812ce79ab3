import { SINGLE_LIMIT } from "../../../http/body.ts";
import { DEFAULT_LIMIT } from "../caller.ts";
import { SCOPES } from "../scopes.ts";

/** The introduction of the contract, in Markdown. */
export const GUIDE = `
The leads of one workspace, the pipelines they move through, their tags and the users who work on
them, read and written as JSON. The key says which workspace.

## Authentication

Send \`Authorization: Bearer <key>\`. A key has scopes: ${
  SCOPES.map((scope) => `\`${scope}\``).join(", ")
}. None covers another. Each operation names the scope it needs.

The token of a user who signed in does as well, with the scopes of their role: an Admin has all, a
Manager all but writing and deleting users and writing integrations, a Viewer those that begin with
\`read:\`. A Rep has those but \`read:integrations\`, and \`write:leads\`, but not for the
intake; they see no leads of others. A user has a limit of their own, by the minute, in place of a key's.

## Answers

One record is \`{"data": …}\`, a list \`{"data": […], "meta": …, "links": …}\`, an error
\`{"status": "error", "message", "code", "errors"}\`, where \`errors\` has an array of sentences for
each field that is wrong. Unknown fields and unknown query parameters are refused; one answer names
every mistake. Lengths count UTF-16 code units; text must not hold NUL characters or broken Unicode,
and no JSON object the same name twice.

Fields of a record that cannot be written are ignored in a body, so that a record can be sent back as
it was read. A \`PUT\` changes the fields that are given and leaves the others, as a \`PATCH\` does.

What takes leads from outside refuses less: of the intake only the email, of a submission only what
the form requires. Any other field that is wrong or unknown is kept as a custom field and named in
\`warnings\`. One person becomes one lead: who has the email of a lead, else the digits of its phone,
completes that one.

## Webhooks

An integration of type \`webhook\` is sent each event it asked for as one \`POST\`:
\`{"type", "timestamp", "data"}\`. It is signed by Standard Webhooks: \`webhook-signature\` holds
\`v1,\` and the base64 of the HMAC-SHA256 of \`webhook-id.webhook-timestamp.body\`, by the bytes that
follow \`whsec_\` in the secret; while a rotation overlaps, one for each secret with a blank between.
\`webhook-id\` is the same in every attempt and replay. Any 2xx within 15 seconds is success; else it is
sent again after 5 seconds, 5 minutes, 30 minutes, 2 hours, 5 hours and 16 hours. A 410 pauses the
integration, and so does a delivery that used up its attempts when nothing else got through meanwhile;
\`"is_active": true\` ends that.

## Limits

- ${
  DEFAULT_LIMIT.toLocaleString("en-US")
} requests an hour for each key, unless it has a limit of its
  own; every answer says how many are left.
- A body has at most ${SINGLE_LIMIT / 1024} KB.

A 429 has \`Retry-After\`.

## Retries

With \`Idempotency-Key\` (or \`X-Idempotency-Key\`) a write is done once: within 24 hours a retry gets
the first answer again, with \`Idempotency-Replayed: true\`. Retry on 429, on 503, and when no answer
came.
`.trim();
