/** What the values of a field are, and so how they are compared. */
export type FieldType = "text" | "number" | "time" | "date" | "named";

/** Records that are counted. */
export interface Source {
  name: string;
  title: string;
  /** What of them can be added up. */
  measures: readonly string[];
  /** By what they are told apart. */
  fields: Readonly<Record<string, FieldType>>;
}

/** The records that LIO's queries are made of. */
export const SOURCES: readonly Source[] = [
  {
    name: "leads",
    title: "Leads",
    measures: ["score", "estimated_value"],
    fields: {
      status: "named",
      lead_source: "named",
      priority: "named",
      assigned_to: "named",
      company: "named",
      city: "text",
      country: "text",
      created_at: "time",
      score: "number",
      estimated_value: "number",
    },
  },
  {
    name: "deals",
    title: "Deals",
    measures: ["value", "weighted_value"],
    fields: {
      stage: "named",
      pipeline_id: "named",
      status: "text",
      assigned_to: "named",
      created_at: "time",
      closed_at: "time",
      expected_close_date: "date",
      value: "number",
    },
  },
  {
    name: "contacts",
    title: "Contacts",
    measures: [],
    fields: { company: "named", created_at: "time" },
  },
  {
    name: "companies",
    title: "Companies",
    measures: ["rating"],
    fields: { industry_type: "text", country: "text", employee_size: "text", created_at: "time" },
  },
  {
    name: "meetings",
    title: "Meetings",
    measures: [],
    fields: { status: "named", user_id: "named", start_time: "time" },
  },
  {
    name: "signals",
    title: "Signals of leads",
    measures: ["points"],
    fields: { signal_type: "text", occurred_at: "time" },
  },
];

const NAMES: Readonly<Record<string, string>> = {
  lead_source: "Source",
  created_at: "Day it was made",
  closed_at: "Day it was closed",
  expected_close_date: "Day it is expected to close",
  occurred_at: "Day it happened",
  start_time: "Day it begins",
  pipeline_id: "Pipeline",
  user_id: "User",
  industry_type: "Industry",
  employee_size: "Size",
  signal_type: "Signal",
};

/** What a field or a parameter is called. */
export function fieldText(name: string): string {
  const words = name.replaceAll("_", " ");
  return NAMES[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** The source with a name; the first one for another. */
export function sourceNamed(name: string): Source {
  const [first] = SOURCES;
  const found = SOURCES.find((one) => one.name === name) ?? first;
  if (found === undefined) throw new TypeError("there are no sources");
  return found;
}

/** Whether values of a type are days, which are counted by the day, week or month. */
export function isOverTime(type: FieldType | undefined): boolean {
  return type === "time" || type === "date";
}
