import * as z from "zod";
import { contacts } from "../../crm/contacts.ts";
import type { Scope } from "../../crm/scopes.ts";
import { label } from "../../crm/values/fields.ts";
import { scope } from "../../http/operation.ts";
import { lazy } from "../../memory/lazy.ts";
import { cursor, limit } from "./arguments.ts";
import { goingOn, readLists } from "./read-lists.ts";
import { READS, tool } from "./tool.ts";
import { listOf } from "./tool-schemas.ts";

const input = lazy(() =>
  z.strictObject({
    query: label(200).describe(
      "Words of a name, an email address or a part of it, or a phone number.",
    ),
    limit: limit(),
    cursor: cursor(),
  })
);

const output = lazy(() => z.object({ people: listOf(contacts) }));

/** Searches contacts as the native API does. */
export const findPeople = tool({
  name: "find_people",
  title: "Find people",
  description: "Finds contacts whose name, email or phone number hold all the words " +
    "given, newest first. Their ids are what person_history takes.",
  scope: scope<Scope>("contacts:read"),
  annotations: READS,
  input,
  output,
  run(call, { query, limit: size, cursor: at }) {
    const newest = { sort: "created_at", order: "desc" as const, size };
    const people = { resource: contacts, search: query, ...newest };
    return readLists(call, goingOn(call, { people }, at));
  },
});
