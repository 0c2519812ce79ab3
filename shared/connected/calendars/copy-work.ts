import type { Job } from "../../jobs/job.ts";
import { GiveUp, RetryLater, type Work, type WorkContext } from "../../jobs/work.ts";
import type { Calendar, EventKey } from "../../providers/calendar/calendar.ts";
import { ProviderFailed } from "../../providers/outgoing/provider-failed.ts";
import { openCalendar } from "./open-calendar.ts";
import {
  beginCopy,
  dropCopy,
  forgetEvent,
  keepEvent,
  selectCopy,
  settleCopy,
  type StoredCopy,
  textOf,
} from "./stored-copy.ts";

/** How often a meeting may change while it is written. */
const MOST_ROUNDS = 5;
/** What a service refuses now, and may take later: what it does not know, or is too much. */
const PASSING = new Set([401, 408, 409, 425, 429]);
/** Google's codes of too many requests, told as 403. */
const TOO_MANY = new Set(["rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded"]);

/**
 * `meetings.copy {copy_id}`: brings a calendar to what a meeting is by now. Whoever wrote looks again whether
 * that still holds, so of two jobs of a meeting the later state stays, whichever comes last.
 */
export const copyWork: Work = {
  // For a day.
  retryAfter: [10, 60, 300, 1_800, 7_200, 14_400, 28_800, 33_840],
  async run(job, context) {
    try {
      await copied(job, context);
    } catch (error) {
      if (error instanceof ProviderFailed && isFinal(error)) throw new GiveUp(error.message);
      throw error;
    }
  },
};

async function copied(job: Job, context: WorkContext): Promise<void> {
  const { workspace, secrets, env, done } = context;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const [rows] = await workspace.read([selectCopy(String(job.payload.copy_id))]);
    const copy = rows?.[0] as StoredCopy | undefined;
    // A run before may have been cut off when it had not looked again.
    const isFirst = round === 0 && job.attempt === 1;
    if (copy === undefined || isFirst && copy.written === copy.wanted) return;
    const calendar = await openCalendar({ workspace, secrets, env }, { id: copy.account_id });
    if (calendar === null) return;
    await (copy.meeting === null ? removed(copy, calendar, context) : put(copy, calendar, context));
    const isSettled = await workspace.transact(async (transaction) => {
      const [settled] = await transaction.run([settleCopy(copy)]);
      if (settled?.length !== 1) return false;
      await transaction.run([dropCopy(copy), done]);
      return true;
    });
    if (isSettled) return;
  }
  throw new RetryLater("The meeting changed again and again meanwhile.");
}

async function put(copy: StoredCopy, calendar: Calendar, { workspace }: WorkContext) {
  const { meeting, event_id } = copy;
  if (meeting === null) return;
  const text = textOf(meeting);
  const known = await idIn(copy, calendar);
  if (known !== null && await calendar.change(known, text)) {
    if (known !== event_id) await workspace.write([keepEvent(copy, known)]);
    return;
  }
  // Of one that somebody took out of their calendar another one is made.
  const next = { ...copy, generation: copy.generation + (known === null ? 0 : 1) };
  await workspace.write([beginCopy(next)]);
  await workspace.write([keepEvent(copy, await calendar.make(keyOf(next), text))]);
}

async function removed(copy: StoredCopy, calendar: Calendar, { workspace }: WorkContext) {
  const known = await idIn(copy, calendar);
  if (known === null) return;
  await calendar.remove(known);
  await workspace.write([forgetEvent(copy)]);
}

/** The id of the event, also of one that was made by a run that was cut off. */
async function idIn(copy: StoredCopy, calendar: Calendar): Promise<string | null> {
  if (copy.event_id !== null || !copy.is_begun) return copy.event_id;
  return await calendar.find(keyOf(copy));
}

function keyOf({ meeting_id: key, generation }: StoredCopy): EventKey {
  return { key, generation };
}

function isFinal({ status, code }: ProviderFailed): boolean {
  return status !== null && status >= 400 && status < 500 && !PASSING.has(status) &&
    !TOO_MANY.has(code ?? "");
}
