const DAY_MS = 86_400_000;
/** Days from the beginning of a workbook's calendar to 1970. */
const TO_1970 = 25_569;
const FROM_1900_TO_1904 = 1_462;
/** Of the calendar that begins in 1900 the 60th day never was. */
const NO_DAY = 60;

/**
 * A number of a cell as it was typed: with the zeros that its format has before it, or as the date and time that
 * it stands for in one (ISO 8601).
 */
export function shownNumber(digits: string, format: string, since1904: boolean): string {
  const value = Number(digits);
  if (digits.trim() === "" || !Number.isFinite(value)) return digits;
  const code = format.replace(/"[^"]*"|\\.|\[(?![hms]+\])[^\]]*\]|_./gi, "").split(";")[0] ?? "";
  if (/^0{2,}$/.test(code) && Number.isInteger(value) && value >= 0) {
    return String(value).padStart(code.length, "0");
  }
  if (/\[h/i.test(code)) return duration(value);
  if (!/[dmyhs]/i.test(code) || value < 0 || value > 2_958_466) return String(value);
  return shownTime(value, {
    hasDay: /[dy]/i.test(code) || !/[hs]/i.test(code),
    hasTime: /[hs]/i.test(code),
    since1904,
  });
}

function duration(days: number): string {
  const seconds = Math.round(days * DAY_MS / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

function shownTime(
  value: number,
  { hasDay, hasTime, since1904 }: { hasDay: boolean; hasTime: boolean; since1904: boolean },
): string {
  const days = since1904 ? value + FROM_1900_TO_1904 : value < NO_DAY ? value + 1 : value;
  const text = new Date(Math.round((days - TO_1970) * DAY_MS / 1_000) * 1_000).toISOString();
  const [date = "", time = ""] = text.replace(".000Z", "").split("T");
  if (!hasDay) return time;
  return hasTime && time !== "00:00:00" ? `${date}T${time}` : date;
}
