import { SCOPES } from "../../../crm/scopes.ts";
import { WELL_KNOWN_TYPES } from "../../../crm/activities.ts";
import { MAX_EVENTS } from "../../../connectors/events.ts";
import { PRESET_NAMES } from "../../../connectors/presets.ts";
import { MAX_ITEMS } from "../batch-result.ts";
import { BATCH_LIMIT, SINGLE_LIMIT } from "../../../http/body.ts";
import { DEFAULT_LIMIT } from "../limit-headers.ts";

/** What a workspace may create in a UTC day unless it has limits of its own. */
export const DAILY_LIMITS = { contacts_per_day: 10_000, activities_per_day: 50_000 };

const code = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(", ");
const count = (number: number) => number.toLocaleString("en-US");

/** The introduction of the contract, in Markdown. */
export const GUIDE = `
The CRM of one workspace: contacts, companies, deals, tasks, invoices and activities, read and
written as JSON. The key says which workspace.

## Authentication

Send \`Authorization: Bearer <key>\`. A key has scopes: ${code(SCOPES)}. \`read\` covers every
\`:read\`, \`admin\` everything; \`:write\` does not cover \`:read\`. Each operation names the scope
it needs.

The token of a user who signed in does as well, with the scopes of their role: an Admin has \`admin\`,
a Manager all but that, a Viewer \`read\`. A Rep sees no leads and deals of others, nor what hangs on
those; they read and write contacts, companies, deals, tasks and activities, of which they delete
only the last two. A user has a limit of their own, in place of the workspace's.

## Answers

A success is \`{"success": true, "data": …, "meta": …}\`, an error
\`{"success": false, "error": {"code", "message", "details"}, "meta": …}\`. \`meta.request_id\` is
also the header \`X-Request-Id\`. Unknown fields and unknown query parameters are refused, but for
parameters that a sender through a connector adds; one answer names every mistake. Lengths count
UTF-16 code units; text must not hold NUL characters or broken Unicode, and no JSON object the same
name twice.

Blank text in an optional field says nothing: the field is absent. \`null\` clears a field. Text of up
to 500 characters is stored without the blanks around it, longer text exactly as sent.

## Lists

\`page\` and \`per_page\` give the pages; \`pagination.next_cursor\`, sent back as \`cursor\`, goes on
at the same cost however far in. An empty \`search\` counts as absent; it regards neither
case nor accents, and finds a contact's phone by its digits, however either is written.

## Limits

- ${count(DEFAULT_LIMIT)} requests a minute for each workspace, unless it has a limit of its own;
  every answer says how many are left. A batch is one request.
- ${count(DAILY_LIMITS.contacts_per_day)} new contacts and
  ${count(DAILY_LIMITS.activities_per_day)} new activities a UTC day, likewise. A request that
  would pass one is refused whole, a batch from the item on that would pass it.
- A body has at most ${SINGLE_LIMIT / 1024} KB, in a batch ${BATCH_LIMIT / 1024} KB and
  ${MAX_ITEMS} items, through a connector ${BATCH_LIMIT / 1024} KB and ${MAX_EVENTS} events.
- A connector's token has a limit of its own, \`requests_per_minute\` of the connector, besides.

A 429 has \`Retry-After\`, and \`details.limit\` says which limit it was.

## Retries

With \`Idempotency-Key\` (or \`X-Idempotency-Key\`) a write is done once: within 24 hours a retry
gets the first answer again, with \`Idempotency-Replayed: true\`. Retry on 429, on 503, and when no
answer came.

## Dry runs

\`?dry_run=true\` on any write answers what would be done and changes nothing: no record, no limit,
no idempotency key.

## Events

\`listEvents\` tells every change of a record once, in pages or as a stream of server-sent events: of
the records here, and of users, pipelines, stages, leads and their tags. To begin, read the records
and then the events since a cursor that \`since=latest\` answered before; whoever keeps the last
cursor misses nothing for as long as events are kept, which is 30 days.

## Connectors

A connector takes what a form, an ad platform or another product sends as it is, JSON or a form, and
makes contacts or activities of it: its \`field_map\` holds a JSONata expression for each field. Make
one with \`createConnector\`, from a \`preset\` (${code(PRESET_NAMES)}) or of your own, and
paste the \`url\` it answers at the sender. The token in it can send through this connector and do
nothing else; whoever sends with it learns only that a delivery was taken. With an API key,
\`?connector=\` or \`X-Connector\` names the connector by its id or slug.

What an optional field of the target cannot take, such as a phone number with letters, does not cost
the lead: it goes to the message as it was sent, and \`warnings\` of the answer and of the delivery
name the field. Only an event that names nobody fails; to the holder of a token that is a 200 with
\`"status": "failed"\`, as sending it again would change nothing.

Every event is kept as a delivery for 30 days. One that failed can be replayed once the connector is
mended; a dry run, of a payload or of a kept delivery, shows what it would become. An event that the
sender repeats makes no second record and is answered as a \`duplicate\`: it is known by its
\`event_id\`, and without one by the request's \`Idempotency-Key\`.

## Activity types

Any snake_case word of up to 64 characters. Well known are ${code(WELL_KNOWN_TYPES)}.
`.trim();
