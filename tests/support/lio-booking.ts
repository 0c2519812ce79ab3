import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { ApiResponse, Json } from "./api-client.ts";
import { LioClient, type LioUser, type LioWorld, lioWorld } from "./lio.ts";
import { asOwner } from "./workspace.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;

/** Working hours of every day. */
export function everyDay(...hours: [from: string, to: string][]) {
  return Object.fromEntries(
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, hours]),
  );
}

/** A slot as a body has it. */
export interface SlotOf {
  start: string;
  end: string;
}

/** A Rep whom visitors book, and a visitor. */
export interface BookingWorld extends LioWorld {
  rep: LioUser;
  slug: string;
  visitor: LioClient;
  /** Changes how the Rep can be booked. */
  change(booking: Json): Promise<void>;
  /** A day well ahead, and a slot on it from a time (UTC) on, of half an hour unless told otherwise. */
  day: string;
  at(time: string, minutes?: number): SlotOf;
  /** The starts of slots, as they are answered. */
  starts(query: string, field?: "start" | "start_local"): Promise<string[]>;
  confirm(slot: SlotOf, more?: Json, headers?: Record<string, string>): Promise<ApiResponse>;
}

/** A Rep of a new organisation who can be booked from nine to twelve each day, UTC. */
export async function bookingWorld(booking: Json = {}): Promise<BookingWorld> {
  const world = await lioWorld();
  const rep = await world.user("rep");
  const change = async (given: Json) => {
    await rep.api.done(`user/update/${rep.number}`, { booking: given });
  };
  const slug = `rep-${randomUUID()}`;
  await change({
    slug,
    enabled: true,
    title: "Intro call",
    working_hours: everyDay(["09:00", "12:00"]),
    ...booking,
  });
  const visitor = new LioClient(rep.api.baseUrl, null);
  const day = new Date(Date.now() + 10 * DAY).toISOString().slice(0, 10);
  return {
    ...world,
    rep,
    slug,
    visitor,
    change,
    day,
    at(time, minutes = 30) {
      const start = Date.parse(`${day}T${time}Z`);
      return {
        start: new Date(start).toISOString(),
        end: new Date(start + minutes * MINUTE).toISOString(),
      };
    },
    async starts(query, field = "start") {
      const { slots } = await visitor.read(`v1/booking/${slug}/availability?${query}`);
      return slots.map((slot: Json) => slot[field]);
    },
    confirm: (slot, more = {}, headers = {}) =>
      visitor.post(
        `v1/booking/${slug}/confirm`,
        { ...slot, name: "Jane Roe", email: "jane@acme.com", ...more },
        headers,
      ),
  };
}

/** The meetings of a Rep, by their start. */
export async function meetingsOf({ rep }: BookingWorld): Promise<Json[]> {
  return await asOwner<Record<string, Json>>(
    `select m.*, l.number as lead from crm.meetings m
      left join crm.leads l on l.workspace_id = m.workspace_id and l.id = m.lead_id
      where m.user_id = $1 order by start_time`,
    [rep.id],
  );
}

/** Puts a meeting by hand, or an event, into the calendar of a Rep. */
export async function occupy(
  { rep, workspace }: BookingWorld,
  table: "meetings" | "calendar_events",
  slot: SlotOf,
  column: { status?: number; busy?: boolean } = {},
): Promise<void> {
  const [[name = "title", value = "Busy"] = []] = Object.entries(column);
  const also = name === "title" ? "" : `, ${name}`;
  await asOwner(
    `insert into crm.${table} (workspace_id, user_id, title, start_time, end_time${also})
      values ($1, $2, 'Busy', $3, $4${also === "" ? "" : ", $5"})`,
    [workspace.id, rep.id, slot.start, slot.end, ...also === "" ? [] : [value]],
  );
}

/** Asserts that a slot is refused as one that is not offered. */
export function expectUnavailable(answer: ApiResponse): void {
  expect([answer.status, answer.body.error?.code], answer.text).toEqual([409, "slot_unavailable"]);
}
