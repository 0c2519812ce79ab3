import { dayAfter, weekdayOf } from "../../crm/booking/local-time.ts";

/** What a month's table is made of. */
export interface ShownMonth {
  /** `YYYY-MM`. */
  month: string;
  /** The days that have free slots, and the chosen one. */
  free: ReadonlySet<string>;
  chosen: string | undefined;
  /** The address that chooses a day. */
  addressOf(day: string): string;
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** The month a number of months later. */
export function monthAfter(month: string, months: number): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  const at = new Date(Date.UTC(2000, number - 1 + months, 1));
  return `${year + at.getUTCFullYear() - 2000}-${String(at.getUTCMonth() + 1).padStart(2, "0")}`;
}

/** A month in words. */
export function monthName(month: string): string {
  return new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" })
    .format(new Date(`${month}-01T00:00:00Z`));
}

/** A day in words. */
export function dayName(day: string): string {
  return new Intl.DateTimeFormat("en", { dateStyle: "full", timeZone: "UTC" })
    .format(new Date(`${day}T00:00:00Z`));
}

/** A month as a table, whose days with free slots are links. */
export function monthTable(shown: ShownMonth): string {
  const { month } = shown;
  const heads = WEEKDAYS.map((name) =>
    `<th scope="col"><abbr title="${name}">${name.slice(0, 2)}</abbr></th>`
  );
  const first = `${month}-01`;
  const cells: string[] = Array.from({ length: weekdayOf(first) }, () => "<td></td>");
  for (let day = first; day.startsWith(month); day = dayAfter(day, 1)) cells.push(cell(day, shown));
  const rows: string[] = [];
  while (cells.length > 0) rows.push(`<tr>${cells.splice(0, WEEKDAYS.length).join("")}</tr>`);
  return `<table><caption>${monthName(month)}</caption>
<thead><tr>${heads.join("")}</tr></thead>
<tbody>${rows.join("\n")}</tbody></table>`;
}

function cell(day: string, { free, chosen, addressOf }: ShownMonth): string {
  const number = Number(day.slice(8));
  if (!free.has(day)) return `<td>${number}</td>`;
  const current = day === chosen ? ' aria-current="date"' : "";
  return `<td><a href="${addressOf(day)}" aria-label="${
    dayName(day)
  }"${current}>${number}</a></td>`;
}
