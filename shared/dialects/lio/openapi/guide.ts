import { USER_TOKEN_SECONDS } from "../../../auth/user-token.ts";
import { BATCH_LIMIT } from "../../../http/body.ts";
import { DEFAULT_LIMIT } from "../caller.ts";

/** The introduction of the contract, in Markdown. */
export const GUIDE = `
The leads of one organisation and what belongs to them, read and written as JSON.

## Authentication

\`POST /lio/api/auth/login\` answers a token for an email and its password. Send it as \`Authorization:
Bearer <token>\`; it is good for ${
  USER_TOKEN_SECONDS / 86_400
} days, until its user logs out. What takes leads
from elsewhere takes an API key instead, in the header \`x-api-key\`.

What a user may do follows from the role: an Admin everything, a Manager everything but users and roles, a
Rep what concerns leads of their own and those of nobody, a Viewer reads. A Rep sees no leads of others.

## Answers

One record is \`{"success": true, "message", "data": {…}}\`, a list \`{"success": true, "message", "data": […],
"total", "page", "limit"}\`, an error \`{"success": false, "error": {"message", "type", "code"}}\`, with \`fields\`
where they are wrong. Ids are whole numbers, times are UTC with milliseconds, dates \`YYYY-MM-DD\`. Unknown
parameters and fields are refused. In a change an absent field stays, and \`null\` clears one that may be empty;
read-only fields are passed over, so that a record can be sent back as it was read.

## Files

A file is sent as \`multipart/form-data\` and has at most 25 MB, a picture 5. The address that is answered
for it is good for an hour, for anybody who has it, without a token.

## Calendars

An event of the calendar \`internal\` is made of the fields that are listed. One of \`google\` or \`microsoft\`
(\`outlook\` is the same) is made of the service's own event object instead, which is sent on as it is: at
Google with \`summary\`, \`start.dateTime\` and \`end.dateTime\` at least, at Microsoft with \`subject\`,
\`start\` and \`end\`. A calendar that was not connected is a 409, a service that fails a 502.

## Limits

- ${DEFAULT_LIMIT} requests a minute for each user, for each key unless it has a limit of its own, and for each
  address where nobody has to log in; every answer says how many are left.
- A body of JSON has at most ${BATCH_LIMIT / 1024} KB.
- After five wrong passwords for an email within 15 minutes it cannot log in for 15 minutes.

A 429 has \`Retry-After\`.

## Retries

With \`Idempotency-Key\` (or \`X-Idempotency-Key\`) a write is done once: within 24 hours a retry gets the first
answer again, with \`Idempotency-Replayed: true\`. Retry on 429, on 503, and when no answer came.
`.trim();
