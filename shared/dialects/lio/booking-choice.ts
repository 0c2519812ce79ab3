/** What the visitor has chosen so far. */
export interface Choice {
  timezone: string;
  duration: number;
  month: string;
  date?: string | undefined;
  /** The start of a slot, in Unix milliseconds. */
  start?: number | undefined;
}

/** The address of a profile's page without its query, from where it stands. */
export type PageAddress = string;

/** The address at which a choice is shown. */
export function addressOf(page: PageAddress, choice: Choice): string {
  const { timezone, duration, month, date, start } = choice;
  const query = new URLSearchParams({ tz: timezone, duration: String(duration), month });
  if (date !== undefined) query.set("date", date);
  if (start !== undefined) query.set("start", new Date(start).toISOString());
  return `${page}?${query}`;
}
