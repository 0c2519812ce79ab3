import { query, setQuery } from "../../router.ts";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { KEY_APIS } from "./scopes.ts";
import type { Key } from "./types.ts";

interface RequestFiltersProps {
  keys: readonly Key[];
  users: readonly { id: string; name: string }[];
}

const OUTCOMES = [
  ["", "Any"],
  ["failed", "Failed"],
  ["2xx", "Done (2xx)"],
  ["4xx", "Refused (4xx)"],
  ["401", "Not let in (401)"],
  ["403", "Not allowed (403)"],
  ["404", "Not found (404)"],
  ["429", "Too many (429)"],
  ["5xx", "Our fault (5xx)"],
] as const;

/** The filters of the log, which the address holds. */
export function RequestFilters({ keys, users }: RequestFiltersProps) {
  const value = (name: string) => query.value.get(name) ?? "";
  const set = (name: string) => (to: string) => setQuery({ [name]: to, cursor: null });
  return (
    <div class="filters">
      <SelectField
        label="Key"
        value={value("key")}
        onChange={set("key")}
        choices={[
          ["", "Any"],
          ...keys.map(({ id, name, prefix }) => [id, `${name} (${prefix}…)`] as const),
        ]}
      />
      <SelectField
        label="User"
        value={value("user")}
        onChange={set("user")}
        choices={[["", "Any"], ...users.map(({ id, name }) => [id, name] as const)]}
      />
      <SelectField
        label="API"
        value={value("api")}
        onChange={set("api")}
        choices={[["", "Any"], ...KEY_APIS.map(({ id, name }) => [id, name] as const), [
          "mcp",
          "MCP",
        ]]}
      />
      <SelectField
        label="Outcome"
        value={value("outcome")}
        onChange={set("outcome")}
        choices={OUTCOMES}
      />
      <TextField
        label="Path contains"
        type="search"
        value={value("path")}
        onChange={set("path")}
      />
      <Moment label="From" value={value("since")} onChange={set("since")} />
      <Moment label="Until" value={value("until")} onChange={set("until")} />
    </div>
  );
}

/** A moment of the reader's zone; the address holds it in UTC, the same for each reader. */
function Moment(
  { label, value, onChange }: { label: string; value: string; onChange(to: string): void },
) {
  return (
    <TextField
      label={label}
      type="datetime-local"
      value={localOf(value)}
      onChange={(local) => onChange(local === "" ? "" : new Date(local).toISOString())}
    />
  );
}

function localOf(value: string): string {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
