import { type Body, type SenderCase, urlencoded } from "./sender-case.ts";

const lead = (fields: Record<string, unknown>) => ({ json: fields });
const said = (contentType: string | null, body: string): Body => ({ contentType, body });

const keyed = { email: "keyed@example.com", message: "once", idempotency_key: "run-7" };

/** A body of one lead in another form. */
const taken = (name: string, body: Body, contact: Record<string, unknown> = {}): SenderCase => ({
  name,
  sends: [body],
  contacts: [{ email: "body@example.com", first_name: "Con", last_name: "Tent", ...contact }],
});

const BODY = '{"email": "body@example.com", "name": "Con Tent"}';

/** One lead in bodies of many types. */
export const automationBodies: SenderCase[] = [
  {
    name: "the same run in another form",
    sends: [lead(keyed), urlencoded(keyed)],
    status: ["accepted", "duplicate"],
    contacts: [{ email: "keyed@example.com" }],
    noteCount: 1,
  },
  taken("a form of a page", urlencoded({ name: "Con Tent", email: "body@example.com" })),
  taken("JSON that is said to be text", said("text/plain;charset=UTF-8", BODY)),
  taken("JSON of no type", said(null, BODY)),
  taken("JSON of an old type", said("text/json", BODY)),
  taken("JSON of a type of its own", said("application/vnd.api+json", BODY)),
  taken("JSON that is said to be a form", said("application/x-www-form-urlencoded", BODY)),
  taken("JSON after a byte order mark", said("application/json; charset=utf-8", `\ufeff${BODY}`)),
  taken(
    "a form in ISO-8859-1, which it says",
    said(
      "application/x-www-form-urlencoded; charset=ISO-8859-1",
      "email=body%40example.com&name=J%F6rg+M%FCller",
    ),
    { first_name: "Jörg", last_name: "Müller" },
  ),
  taken(
    "a form in Windows-1252, which it does not say",
    said("application/x-www-form-urlencoded", "email=body%40example.com&name=J%F6rg+M%FCller"),
    { first_name: "Jörg", last_name: "Müller" },
  ),
  {
    name: "boxes of one name, and signs that a form escapes",
    sends: [
      said("application/x-www-form-urlencoded", "email=box%40example.com&topics=alpha&topics=beta"),
      urlencoded({ email: "amp@example.com", message: "Love & Peace + 100%" }),
    ],
    contacts: [{ email: "box@example.com" }, { email: "amp@example.com" }],
    notes: ["topics: alpha, beta", "Love & Peace + 100%"],
  },
];
