import * as z from "zod";
import * as column from "./column.ts";
import { resource, type WritableResource } from "./resource.ts";
import { label, phone, text } from "./values/fields.ts";
import { users } from "./users.ts";

/** What is told of a slug that another user has, of whichever workspace. */
export const SLUG_FIELD = "booking.slug";

const { name: _, role: __, ...own } = users.columns;

/** Users with what the other APIs do not show of them: the parts of their name, their phone and role. */
export const members: WritableResource = resource({
  record: "user",
  name: "users",
  table: "crm.users",
  columns: {
    ...own,
    first_name: column.required(column.of(z.string(), () => label(50))),
    last_name: column.text(50),
    phone: column.required(column.of(z.string().nullable(), phone)),
    language: column.of(z.string(), language),
    timezone: column.of(z.string(), timezone),
  },
  keys: ["email"],
  search: "app.search_users",
  sorts: { ...users.sorts, number: { column: "number", type: "bigint", unique: true } },
  constraints: {
    ...users.constraints,
    users_custom_role_fkey: { field: "role_id", message: "No role with this id." },
    booking_profiles_slug_key: { field: SLUG_FIELD, message: "Another user has this slug." },
  },
});

// BCP 47, as the runtime knows it.
function language() {
  return text(64).transform((given, issues) => {
    try {
      const [tag] = Intl.getCanonicalLocales(given);
      if (tag !== undefined) return tag;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    issues.addIssue("Must be a language tag, such as en or de-AT");
    return z.NEVER;
  });
}

/** A time zone of IANA. */
export function timezone() {
  return text(64).refine(isTimezone, "Must be a time zone of IANA, such as Europe/Berlin");
}

// What only ICU takes for a zone; slots are not reckoned in these.
const ICU_ONLY = /^(A[CEGR]|B[ES]|C[ANST]|E[AC]|I[ES]|JS|MI|N[ES]|P[LNRS]|[SV]S)T$|^SystemV\//i;

// An offset such as +01:00, which the runtime takes as well, is no zone.
function isTimezone(given: string): boolean {
  if (!/^[A-Za-z]/.test(given) || ICU_ONLY.test(given)) return false;
  try {
    return Intl.DateTimeFormat("en", { timeZone: given }).resolvedOptions().timeZone !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
