const MONTH = new Intl.DateTimeFormat(undefined, {
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** A month such as 2026-11 in the reader's language, a quarter such as 2026-Q4 as `Q4 2026`. */
export function periodText(period: string): string {
  const [year = "", part = ""] = period.split("-");
  if (part.startsWith("Q")) return `${part} ${year}`;
  return MONTH.format(new Date(`${year}-${part}-01T00:00:00Z`));
}

/** A share of 1 in percent. */
export function shareText(share: number | null): string {
  return share === null ? "–" : PERCENT.format(share);
}

const PERCENT = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 1 });
