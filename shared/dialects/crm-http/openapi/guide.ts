import { SINGLE_LIMIT } from "../../../http/body.ts";
import { DEFAULT_LIMIT } from "../caller.ts";

/** The introduction of the contract, in Markdown. */
export const GUIDE = `
The companies, contacts, leads, activities and tasks of one entity, read and written as JSON. A lead of
this API is an opportunity: a deal.

## Authentication

Send \`Authorization: Bearer <key>\`, and \`entityId\` in the query or in the body: the id of the
workspace that the key is of. A key has the scopes \`read:crm\`, \`write:crm\` or both; neither covers
the other.

## Answers

A record is a bare object, a list an object with the records under their plural and where the page
stands, an error \`{"error": "…"}\` with a sentence that names every field that is wrong. Unknown
fields and unknown query parameters are refused. Lengths count UTF-16 code units; text must not hold
NUL characters or broken Unicode, and no JSON object the same name twice.

Fields of a record that cannot be written are ignored in a body, so that a record can be sent back as
it was read. A \`PATCH\` changes the fields that are given; \`{}\` changes nothing.

## Limits

- ${DEFAULT_LIMIT} requests a minute for each key, unless it has a limit of its own; every answer says
  how many are left.
- A body has at most ${SINGLE_LIMIT / 1024} KB, that of an email 500 KB.

A 429 has \`Retry-After\`.

## Email

An email goes out after it was answered for; the timeline of its lead tells what became of it. It has a
link of one click to unsubscribe (RFC 8058), which sets the contact's \`unsubscribed\`, and when asked
an image and links that tell what its recipients open and follow. These links are for them alone.

## Retries

With \`Idempotency-Key\` (or \`X-Idempotency-Key\`) a write is done once: within 24 hours a retry gets
the first answer again, with \`Idempotency-Replayed: true\`. Retry on 429, on 503, and when no answer
came.
`.trim();
