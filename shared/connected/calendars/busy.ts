import { type Sql, sql } from "../../db/sql.ts";
import type { BusyTime, Span } from "../../providers/calendar/calendar.ts";
import { ProviderFailed } from "../../providers/outgoing/provider-failed.ts";
import type { Opening } from "../account.ts";
import { openCalendar } from "./open-calendar.ts";

/** A calendar that somebody connected. */
export interface ConnectedCalendar {
  /** The account's id. */
  id: string;
  /** The events in it that are not yet as the meetings here are by now. */
  stale: readonly string[];
}

/** Whose calendars are read, when, and the time zone of whole days that have none. */
export interface Asked {
  calendars: readonly ConnectedCalendar[];
  within: Span;
  zone: string;
  /** How long a service may take, with the renewal of its access; 10 s unless given, as strangers wait. */
  patienceMs?: number;
}

const PATIENCE_MS = 10_000;
const DAY_MS = 86_400_000;

/** Readings that are under way in this process, by account and days. */
const underWay = new Map<string, Promise<BusyTime[]>>();

/** The query of the calendars that a user has connected: a row of ConnectedCalendar for each. */
export function connectedCalendars(user: string): Sql {
  return sql`select a.id, array(
      select c.event_id from crm.meeting_copies c
      where c.account_id = a.id and c.written <> c.wanted and c.event_id is not null) as stale
    from crm.connected_accounts a
    where a.user_id = ${user} and a.provider in ('google', 'microsoft') and a.is_active`;
}

/**
 * When somebody is busy by the calendars that they connected. Those who ask for the same days at once share
 * one reading, so that many visitors are one to the service. Throws ProviderFailed when one cannot be read.
 */
export function busyElsewhere(opening: Opening, asked: Asked): Promise<Span[]> {
  return busyBy(asked, (id) => shared(opening, id, asked));
}

/** The same, by a reading of its own that begins now. */
export function busyElsewhereNow(opening: Opening, asked: Asked): Promise<Span[]> {
  return busyBy(asked, (id) => reading(opening, id, asked));
}

async function busyBy(
  { calendars, within }: Asked,
  read: (id: string) => Promise<BusyTime[]>,
): Promise<Span[]> {
  const all = await Promise.all(calendars.map(async ({ id, stale }) => {
    const busy = await read(id);
    return busy.filter((one) => !stale.includes(one.id));
  }));
  return all.flat().filter(({ start, end }) => start < within.end && end > within.start);
}

function shared(opening: Opening, id: string, asked: Asked): Promise<BusyTime[]> {
  const { within } = asked;
  const days = {
    start: Math.floor(within.start / DAY_MS) * DAY_MS,
    end: Math.ceil(within.end / DAY_MS) * DAY_MS,
  };
  const key = `${id} ${days.start} ${days.end}`;
  const known = underWay.get(key);
  if (known !== undefined) return known;
  const begun = reading(opening, id, { ...asked, within: days })
    .finally(() => underWay.delete(key));
  underWay.set(key, begun);
  return begun;
}

async function reading(
  opening: Opening,
  id: string,
  { within, zone, patienceMs = PATIENCE_MS }: Asked,
): Promise<BusyTime[]> {
  const signal = AbortSignal.timeout(patienceMs);
  try {
    return await Promise.race([timesIn(opening, id, { within, zone, signal }), late(signal)]);
  } catch (error) {
    if (!(error instanceof ProviderFailed)) throw error;
    // Which service that is, and how it failed, is no stranger's business.
    throw new ProviderFailed("A connected calendar cannot be read now; no times are offered.", {
      status: error.status,
      code: error.code,
      mayHaveHappened: false,
    });
  }
}

async function timesIn(
  opening: Opening,
  id: string,
  asked: { within: Span; zone: string; signal: AbortSignal },
): Promise<BusyTime[]> {
  const calendar = await openCalendar(opening, { id });
  // It was disconnected a moment ago.
  return await calendar?.busyTimes(asked) ?? [];
}

// Also when it is the access that is renewed too slowly.
function late(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => {
      const failing = { status: null, code: null, mayHaveHappened: false };
      reject(new ProviderFailed("The calendar did not answer in time.", failing));
    }, { once: true });
  });
}
