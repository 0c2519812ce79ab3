import { AI_MISTAKES } from "./lio-credits.ts";
import { APP_MISTAKES } from "./lio-apps.ts";
import { DASHBOARD_MISTAKES } from "./lio-dashboards.ts";
import { MAIL_MISTAKES } from "./lio-mailboxes.ts";
import { MEETING_MISTAKES } from "./lio-meetings.ts";
import { VOICE_MISTAKES } from "./lio-voice.ts";

/** Mistakes of what the contract allows, which only the server can find. */
export const ONLY_THE_SERVER = new RegExp([
  "^No [\\w ]+ with this id",
  "^Another \\w+ has this",
  "^Belongs to another request",
  "^Must be (a phone number|a language tag|a time zone|the same as)",
  "^Is not your password",
  "^Must not be (after|null|given with (an id in the path|unassigned=true))",
  "^Must be (the company that company(_id)? names|a date or a time with its offset)",
  "^No active tag: ",
  "^No active user with this id|^No contact of this account|^Must not be in the past",
  "^Give the ids once: in the body, or in the query",
  "^Is required with model_id",
  "^Is required, unless the file is stored here",
  "^Must be a PNG, JPEG, GIF or WebP image",
  "^Must be a JSON object, such as",
  "^Must map to fields of a lead",
  "^The file has no column",
  "^The (stage is in the list before|pipeline is inactive)",
  "^Must be (a stage of the pipeline|at most \\S+ the limit of the pipeline|another name than)",
  "^Must be given with another pipeline",
  "^Must (have at least one open stage|be [01] of a (won|lost) stage|not be true together)",
  "^Is required of a stage without an id",
  ...AI_MISTAKES,
  "^Unknown \\{\\{|^Must have no \\{\\{ \\}\\}",
  ...APP_MISTAKES,
  ...DASHBOARD_MISTAKES,
  ...MEETING_MISTAKES,
  ...VOICE_MISTAKES,
  ...MAIL_MISTAKES,
  "^Must not be given with from or to",
  "^Must be at most 62 days after from",
  "^Must (end after it begins|have intervals that do not overlap|be different ones)",
  "^Is no (filter of this list|order of this list|field of a (lead|contact|company|deal|meeting))",
].join("|"));
