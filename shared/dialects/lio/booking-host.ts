import type { Opening } from "../../connected/account.ts";
import { type ConnectedCalendar, connectedCalendars } from "../../connected/calendars/busy.ts";
import { type BookingProfile, profileById } from "../../crm/booking/profile.ts";
import { statement } from "../../db/sql.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import { networkOf } from "../../http/by-address.ts";
import type { Call } from "../../http/call.ts";
import type { CallLimit } from "../../http/caller.ts";
import { limitSubject } from "../../http/limit-subject.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { countByAddress } from "./by-address.ts";
import type { LioCaller } from "./caller.ts";
import { secretsOf } from "./mail-account-trial.ts";

/** As each may send mail to whom the visitor names. */
const BOOKINGS_A_MINUTE = 60;

/** Whom a visitor books. */
export interface Host {
  /** The user's id. */
  id: string;
  profile: BookingProfile;
  /** The calendars that they connected. */
  calendars: readonly ConnectedCalendar[];
}

/** A user as somebody who can be met. */
export async function hostById({ workspace }: Call, id: string): Promise<Host> {
  const [rows, calendars] = await workspace.read([
    statement(profileById(id)),
    statement(connectedCalendars(id)),
  ]);
  const [profile] = rowsOf<BookingProfile>(rows);
  if (profile === undefined) throw new RecordNotFound("user", id);
  return { id, profile, calendars: rowsOf<ConnectedCalendar>(calendars) };
}

/** What opens the accounts of a request's workspace; it throws Refusal where there is no key for that. */
export function openingOf(call: Pick<Call, "workspace" | "services">): Opening {
  const { workspace, services: { env } } = call;
  return { workspace, secrets: () => secretsOf(call), env };
}

/**
 * Who is booked at the slug of the path; from here on the visitor acts in their workspace. Throws Refusal where
 * nobody is, and for an address that asks too often.
 */
export async function hostOf(call: Call<LioCaller>): Promise<Host> {
  return await found(call, []);
}

/** Likewise for a visitor who books, which an address may try 60 times a minute at one slug. Throws Refusal. */
export async function hostToBook(call: Call<LioCaller>): Promise<Host> {
  return await found(call, [{
    subject: limitSubject(`lio booking ${slugOf(call)} ${networkOf(call) ?? ""}`),
    limit: BOOKINGS_A_MINUTE,
    seconds: 60,
    name: "bookings_per_minute",
    policy: "booking",
  }]);
}

async function found(call: Call<LioCaller>, others: CallLimit[]): Promise<Host> {
  const limit = await countByAddress(call, ...others);
  const slug = slugOf(call);
  const [user] = rowsOf<{ workspace_id: string; user_id: string }>(
    await call.services.database.query({
      text: "select workspace_id, user_id from app.find_bookable_user($1)",
      values: [slug],
      prepared: true,
    }),
  );
  if (user === undefined) throw new RecordNotFound("booking page", slug.slice(0, 100), "slug");
  const { workspace_id: workspaceId, user_id: id } = user;
  call.caller = {
    workspaceId,
    actor: { kind: "booking", id },
    scopes: [],
    user: null,
    limit,
  };
  return await hostById(call, id);
}

function slugOf({ params }: Call): string {
  return (params.slug ?? "").replaceAll("\0", "");
}
