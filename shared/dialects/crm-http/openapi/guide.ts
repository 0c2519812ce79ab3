import { SINGLE_LIMIT } from "../../../http/body.ts";
import { ACCESS_SECONDS } from "../../../auth/access-token.ts";
import { DEFAULT_LIMIT } from "../caller.ts";

/** The introduction of the contract, in Markdown. */
export const GUIDE = `
The companies, contacts, leads, activities and tasks of one entity, read and written as JSON. A lead of
this API is an opportunity: a deal.

## Authentication

Send \`Authorization: Bearer <key>\`, and \`entityId\` in the query or in the body: the id of the
workspace that the key is of. A key has the scopes \`read:crm\`, \`write:crm\` or both; neither covers
the other.

## Sessions

A page in a browser needs no key: its user signs in. The operations of sessions are each a \`POST\` of
JSON to the function \`auth\`, beside \`crm\`:

| Path                    | Takes                                      | Answers                   |
| ----------------------- | ------------------------------------------ | ------------------------- |
| \`auth/sign-in\`         | \`{"email", "password"}\`                   | 200, the session          |
| \`auth/refresh\`         | \`{"refresh_token"}\`                       | 200, the session          |
| \`auth/sign-out\`        | the access token                           | 204                       |
| \`auth/change-password\` | that, \`{"current_password", "new_password"}\` | 204; other sessions end |

A session is \`{"access_token", "token_type": "bearer", "expires_in": ${ACCESS_SECONDS}, "refresh_token", "user":
{"email", "name"}, "entities": [{"id", "slug", "name", "role"}]}\`. Send \`Authorization: Bearer <access
token>\` and \`x-entity-id: <id of one of the entities>\`; \`entityId\` may then be left out. An
\`admin\` and a \`member\` have both scopes, a \`viewer\` has \`read:crm\`, and \`me\` is the user.

An access token is good for ${
  ACCESS_SECONDS / 60
} minutes. A refresh token is good for 30 days, once: its
answer has the next one, and a second use ends the session. So keep the new one before the next request,
and let one tab refresh at a time. A wrong email or password is a 401; after five in 15 minutes that email
gets a 429, whoever asks, and after a hundred so does the address that they came from (of IPv6 its
network of 64 bits), whatever the email: the right password as well, until \`Retry-After\` is over. A 401 without more says that a token is not valid any more: refresh, then sign in
again. These operations take no idempotency key, and count towards no limit of requests.

## Answers

A record is a bare object, a list an object with the records under their plural and where the page
stands, an error \`{"error": "…"}\` with a sentence that names every field that is wrong. Unknown
fields and unknown query parameters are refused. Lengths count UTF-16 code units; text must not hold
NUL characters or broken Unicode, and no JSON object the same name twice.

Fields of a record that cannot be written are ignored in a body, so that a record can be sent back as
it was read. A \`PATCH\` changes the fields that are given; \`{}\` changes nothing.

## Limits

- ${DEFAULT_LIMIT} requests a minute for each key, unless it has a limit of its own, and for each user of a
  session; every answer says how many are left.
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
