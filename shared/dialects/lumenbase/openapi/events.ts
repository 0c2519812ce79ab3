import { EVENT_STREAM } from "../../../http/event-stream.ts";
import { object, type Schema, type Schemas } from "../../../openapi/schemas.ts";
import type { Contract } from "../contract.ts";
import { EXAMPLE_CURSOR as CURSOR, EXAMPLE_IDS } from "./examples.ts";
import { HEADERS } from "./headers.ts";
import { metaOf } from "./meta.ts";

const TIME = "2026-01-15T10:30:00.000000Z";
const CONTACT = { id: EXAMPLE_IDS.contact, first_name: "Jane", title: "Head of Sales" };

/** The answer of the feed: a page, or a stream. */
export function eventPage(schemas: Schemas, { resource }: Contract): Schema {
  const event = schemas.named("Event", () => schemas.output(resource.schema));
  const page = object({
    success: { type: "boolean", const: true },
    data: { type: "array", items: event },
    meta: schemas.named("EventsMeta", eventsMeta),
  });
  return {
    description: "The events, or a stream of them.",
    headers: HEADERS.of(),
    content: {
      "application/json": { schema: page, example: EXAMPLE },
      [EVENT_STREAM]: {
        schema: {
          type: "string",
          description: "Server-sent events, each with an `Event` as data.",
        },
        example: `id: ${CURSOR}\nevent: contact.updated\ndata: ${
          JSON.stringify(EXAMPLE.data[0])
        }\n\n`,
      },
    },
  };
}

function eventsMeta(): Schema {
  return metaOf({
    next_cursor: { type: "string", description: "Sent back as `since`, goes on from here." },
    has_more: { type: "boolean", description: "Whether there may be more at once." },
  });
}

const EXAMPLE = {
  success: true,
  data: [{
    id: CURSOR,
    sequence: 67890,
    type: "contact.updated",
    record_id: EXAMPLE_IDS.contact,
    at: TIME,
    before: { ...CONTACT, title: null },
    after: CONTACT,
    changed: ["title"],
    actor: { kind: "key", id: "01890a5d-ac96-774b-bcce-b302099a8061" },
    cause: null,
    request_id: "web-form-7f3a",
  }],
  meta: {
    request_id: "example-listEvents",
    api_version: "1",
    timestamp: "2026-01-15T10:30:00.000Z",
    next_cursor: CURSOR,
    has_more: false,
  },
};
