import { NOT_KEPT_OF_MAIL } from "./lio-mailboxes.ts";
import { NOT_KEPT_OF_MEETINGS } from "./lio-meetings.ts";
import { NOT_KEPT_OF_CALLS } from "./lio-voice.ts";

/** Fields that are read back in one form for everything that means the same, or not at all. */
export const NOT_KEPT = new Set([
  // Merged into what is there.
  "booking",
  "email",
  "phone_no",
  "phone_number",
  "password",
  "language",
  "timezone",
  // That of the company, which may be there already; of a signal, which nothing shows.
  "company",
  "source",
  // How an import is done.
  "mapping",
  // How drafts are written, of which what a job is to write tells nothing.
  "persona",
  "tags",
  // What a job is told of is shown with it, not when it begins.
  "group_id",
  ...NOT_KEPT_OF_MEETINGS,
  ...NOT_KEPT_OF_MAIL,
  ...NOT_KEPT_OF_CALLS,
]);
