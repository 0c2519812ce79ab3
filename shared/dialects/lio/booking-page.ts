import { dayAt, localText } from "../../crm/booking/local-time.ts";
import type { BookingProfile } from "../../crm/booking/profile.ts";
import type { Span } from "../../crm/booking/slots.ts";
import type { Outcome } from "../../http/call.ts";
import { addressOf, type Choice, type PageAddress } from "./booking-choice.ts";
import { bookingForm } from "./booking-form.ts";
import { dayName, monthAfter, monthName, monthTable } from "./booking-month.ts";
import { bookingDocument } from "./booking-style.ts";
import { escaped } from "./web-form-inputs.ts";

/** Time zones that the runtime lists by names of old. */
const RENAMED: Readonly<Record<string, string>> = {
  "America/Godthab": "America/Nuuk",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
};

/** The page on which a visitor chooses a slot of a month, of which these are free, and says who they are. */
export function bookingPage(
  profile: BookingProfile,
  page: PageAddress,
  choice: Choice,
  slots: readonly Span[],
  now: number,
): Outcome {
  const { title, name, description, location } = profile;
  const slot = slots.find(({ start }) => start === choice.start);
  const isGone = choice.start !== undefined && slot === undefined;
  const content = [
    `<p dir="auto">${escaped(name)}</p>`,
    ...description === null ? [] : [`<p class="about" dir="auto">${escaped(description)}</p>`],
    ...location === null ? [] : [`<p class="about" dir="auto">Where: ${escaped(location)}</p>`],
    ...isGone ? ['<p role="alert" class="error">This time is no longer free.</p>'] : [],
    slot === undefined
      ? chooser(profile, page, choice, slots, now)
      : bookingForm(page, choice, slot, {}, []),
  ].join("\n");
  return bookingDocument(200, title, content);
}

function chooser(
  profile: BookingProfile,
  page: PageAddress,
  choice: Choice,
  slots: readonly Span[],
  now: number,
): string {
  const { timezone, month, date } = choice;
  const free = new Set(slots.map(({ start }) => dayAt(start, timezone)));
  const at = (more: Partial<Choice>) =>
    escaped(addressOf(page, { ...choice, date: undefined, start: undefined, ...more }));
  const link = (to: string, rel: string) =>
    `<a href="${at({ month: to })}" rel="${rel}">${monthName(to)}</a>`;
  const first = dayAt(now, timezone).slice(0, 7);
  const last = dayAt(now + profile.max_days_ahead * 86_400_000, timezone).slice(0, 7);
  return `${settings(profile, page, choice)}
<nav aria-label="Months">${month > first ? link(monthAfter(month, -1), "prev") : "<span></span>"}
${month < last ? link(monthAfter(month, 1), "next") : ""}</nav>
${monthTable({ month, free, chosen: date, addressOf: (day) => at({ date: day }) })}
${free.size === 0 ? "<p>Nothing is free in this month.</p>" : ""}
${date === undefined ? "" : times(slots, choice, (start) => at({ date, start }))}`;
}

function settings({ durations }: BookingProfile, page: PageAddress, choice: Choice): string {
  const known = Intl.supportedValuesOf("timeZone").map((zone) => RENAMED[zone] ?? zone);
  const zones = [...new Set([choice.timezone, "UTC", ...known])];
  const option = (value: string | number, text: string, isChosen: boolean) =>
    `<option value="${value}"${isChosen ? " selected" : ""}>${text}</option>`;
  const lengths = durations.map((one) => option(one, `${one} minutes`, one === choice.duration));
  const all = zones.sort().map((zone) => option(zone, zone, zone === choice.timezone));
  return `<form method="get" action="${escaped(page)}">
<label for="tz">Time zone</label>
<select id="tz" name="tz" autocomplete="off">${all.join("")}</select>
<label for="duration">Duration</label>
<select id="duration" name="duration" autocomplete="off">${lengths.join("")}</select>
<input type="hidden" name="month" value="${choice.month}">
<button type="submit">Show times</button>
</form>`;
}

function times(
  slots: readonly Span[],
  { timezone, date = "" }: Choice,
  address: (start: number) => string,
): string {
  const local = slots.map(({ start }) => ({ start, text: localText(start, timezone) }))
    .filter(({ text }) => text.startsWith(date));
  // Where clocks are set back, a time is there twice.
  const label = (text: string) => {
    const time = text.slice(11, 16);
    const isTwice = local.filter((other) => other.text.slice(11, 16) === time).length > 1;
    return isTwice ? `${time} (UTC${text.slice(19)})` : time;
  };
  const items = local.map(({ start, text }) =>
    `<li><a href="${address(start)}"><time datetime="${text}">${label(text)}</time></a></li>`
  );
  const head = `<h2 id="times">${dayName(date)}</h2>`;
  return items.length === 0
    ? `${head}\n<p>Nothing is free on this day.</p>`
    : `${head}\n<ul class="times" aria-labelledby="times">${items.join("\n")}</ul>`;
}
