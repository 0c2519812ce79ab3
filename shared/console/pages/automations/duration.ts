/** The units of a time to wait, as they are chosen. */
export const UNITS = [
  ["minutes", "minutes", "PT", "M"],
  ["hours", "hours", "PT", "H"],
  ["days", "days", "P", "D"],
  ["weeks", "weeks", "P", "W"],
] as const;

/** An amount of a unit; any other duration is one of the unit `other`, as it is written. */
export interface Amount {
  amount: string;
  unit: string;
}

/** Takes a duration of ISO 8601 apart. */
export function amountOf(duration: string): Amount {
  for (const [unit, , before, after] of UNITS) {
    if (!duration.startsWith(before) || !duration.endsWith(after)) continue;
    const amount = duration.slice(before.length, -after.length);
    if (/^[^PTYMWDHS]*$/.test(amount)) return { amount, unit };
  }
  return duration === "" ? { amount: "", unit: "days" } : { amount: duration, unit: "other" };
}

/** Writes an amount as a duration of ISO 8601. */
export function durationOf({ amount, unit }: Amount): string {
  const [, , before = "", after = ""] = UNITS.find(([name]) => name === unit) ?? [];
  return `${before}${amount.trim()}${after}`;
}

/** A duration in words. */
export function durationText(duration: string): string {
  const { amount, unit } = amountOf(duration);
  if (unit === "other") return duration;
  return amount === "1" ? `1 ${unit.slice(0, -1)}` : `${amount} ${unit}`;
}
