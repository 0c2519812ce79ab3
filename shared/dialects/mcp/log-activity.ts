import * as z from "zod";
import { activities } from "../../crm/activities.ts";
import type { Scope } from "../../crm/scopes.ts";
import { loadRegistries } from "../../crm/values/registries.ts";
import { scope } from "../../http/operation.ts";
import { lazy } from "../../memory/lazy.ts";
import { writing } from "./arguments.ts";
import { shortened } from "./bound.ts";
import { tool } from "./tool.ts";
import { write, WRITES } from "./write.ts";

const input = lazy(() => {
  const { data: _, ...fields } = activities.create.shape;
  return z.strictObject({ ...fields, ...writing() });
});

const output = lazy(() =>
  z.object({
    dry_run: z.literal(true).optional(),
    outcome: z.literal("created"),
    activity: activities.schema.partial({ id: true, created_at: true }),
    unmatched: z.array(z.string()),
    replayed: z.literal(true).optional(),
  })
);

/** Makes an activity as the native API does. */
export const logActivity = tool({
  name: "log_activity",
  title: "Log an activity",
  description: "Stores something that happened, such as a call, an email or a note, and links it " +
    "to the contact with entity_email, the company with entity_domain and the deal whose id is " +
    "entity_id; unmatched names those that do not exist. dry_run stores nothing.",
  scope: scope<Scope>("activities:write"),
  annotations: WRITES,
  input,
  output,
  prepare: loadRegistries,
  run: (call, given) =>
    write(call, {
      tool: "log_activity",
      resource: activities,
      given,
      async work(transaction) {
        const { dry_run, idempotency_key: _, ...fields } = given;
        const { statements, result } = activities.creation(fields);
        const { data: { unmatched, ...stored } } = result(await transaction.run(statements));
        const { id, created_at, ...rehearsed } = shortened(stored as Record<string, unknown>);
        const activity = dry_run ? rehearsed : { id, ...rehearsed, created_at };
        return { outcome: "created", activity, unmatched };
      },
    }),
});
