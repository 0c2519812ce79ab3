/** The fields that `data.lead` of a LeadEvent has, as an automation names them. */
export const LEAD_FIELDS = [
  "id",
  "first_name",
  "last_name",
  "email",
  "phone",
  "company",
  "source",
  "status",
  "pipeline_id",
  "pipeline_stage_id",
  "assigned_user_id",
  "notes",
  "custom_fields",
  "tags",
  "starred",
  "lead_score",
  "contact_id",
  "created_at",
  "updated_at",
] as const;

const CUSTOM = "custom_fields.";
const LONGEST_KEY = 64;

/** The key that `custom_fields.<key>` names; undefined for another name. */
export function customKey(name: string): string | undefined {
  const key = name.startsWith(CUSTOM) ? name.slice(CUSTOM.length) : "";
  return key === "" || key.length > LONGEST_KEY ? undefined : key;
}

/** The value of a lead's field, also of one of its custom fields; undefined when it has none. */
export function fieldOf(lead: Readonly<Record<string, unknown>>, name: string): unknown {
  const key = customKey(name);
  if (key === undefined) return ownValue(lead, name);
  const custom = lead.custom_fields;
  return typeof custom === "object" && custom !== null ? ownValue(custom, key) : undefined;
}

// A client's key may be `constructor`.
function ownValue(of: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(of, name)?.value;
}
