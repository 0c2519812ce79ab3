import { type BookingProfile, profileById } from "../../crm/booking/profile.ts";
import { statement } from "../../db/sql.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Call } from "../../http/call.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { countByAddress } from "./by-address.ts";
import type { LioCaller } from "./caller.ts";

/** Whom a visitor books. */
export interface Host {
  /** The user's id. */
  id: string;
  profile: BookingProfile;
}

/** The profile of a user. */
export async function profileOfUser({ workspace }: Call, user: string): Promise<BookingProfile> {
  const [rows] = await workspace.read([statement(profileById(user))]);
  const [profile] = rowsOf<BookingProfile>(rows);
  if (profile === undefined) throw new RecordNotFound("user", user);
  return profile;
}

/**
 * Who is booked at the slug of the path; from here on the visitor acts in their workspace. Throws Refusal where
 * nobody is, and for an address that asks too often.
 */
export async function hostOf(call: Call<LioCaller>): Promise<Host> {
  const limit = await countByAddress(call);
  const slug = call.params.slug ?? "";
  const [found] = rowsOf<{ workspace_id: string; user_id: string }>(
    await call.services.database.query({
      text: "select workspace_id, user_id from app.find_bookable_user($1)",
      values: [slug.replaceAll("\0", "")],
      prepared: true,
    }),
  );
  if (found === undefined) throw new RecordNotFound("booking page", slug.slice(0, 100), "slug");
  const { workspace_id: workspaceId, user_id: id } = found;
  call.caller = {
    workspaceId,
    actor: { kind: "booking", id },
    scopes: [],
    user: null,
    limit,
  };
  return { id, profile: await profileOfUser(call, id) };
}
