import type { Json } from "./api-client.ts";
import { type LioClient, lioWorld } from "./lio.ts";

/** What a meeting is made of, from 9 o'clock of a day of 2030, in minutes. */
export function meetingAt(minute: number, more: object = {}): Json {
  const at = (minutes: number) =>
    new Date(Date.UTC(2030, 0, 7, 9) + minutes * 60_000).toISOString();
  return { title: "Intro call", start_time: at(minute), end_time: at(minute + 30), ...more };
}

/** A workspace of users who meet. */
export async function meetingWorld() {
  const world = await lioWorld();
  return {
    ...world,
    /** Makes a meeting. */
    meeting: (more: object = {}, api: LioClient = world.admin.api): Promise<Json> =>
      api.made("meeting/add", meetingAt(0, more)),
  };
}
