import * as z from "zod";
import { answeredProfile, profileOf } from "../../crm/booking/profile.ts";
import { members } from "../../crm/members.ts";
import { lookup } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { lazy } from "../../memory/lazy.ts";
import { userFields } from "./user-view.ts";

/** A user as their own page shows them: also how they can be booked (decisions: 3). */
export const profile = view(members, {
  ...userFields,
  booking: lookup(answeredProfile, (of) => profileOf(of("id"))),
});

/** What is answered of it. */
export const profileSchema = lazy(() => z.object(profile.schema.shape).meta({ id: "Profile" }));
