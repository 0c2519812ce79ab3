/** PostgreSQL is away, too busy or gave up on the statement; trying again later may work. */
export class DatabaseUnavailable extends Error {
  override name = "DatabaseUnavailable";
}

/** What PostgreSQL reports with an error (its fields of the wire protocol that are used here). */
export interface PostgresError extends Error {
  code: string;
  constraint?: string;
  detail?: string;
}

export const UNIQUE_VIOLATION = "23505";
export const FOREIGN_KEY_VIOLATION = "23503";
/** Raised by app.claim_idempotency_key when the key has been answered already. */
export const IDEMPOTENCY_KEY_USED = "LB001";
/** Raised by app.take_daily_quota; the message is the limit. */
export const DAILY_LIMIT_REACHED = "LB002";
/** Raised by app.require_stage; the message lists the pipeline's stages. */
export const UNKNOWN_STAGE = "LB003";
/** Raised by app.receive_delivery when the event was taken before; the message is its delivery's id. */
export const EVENT_TAKEN = "LB004";
/** Raised by app.place_lead when the stage is of another pipeline than the one given. */
export const STAGE_ELSEWHERE = "LB006";
/** Raised by app.require_empty; the message tells how many leads and deals are there. */
export const NOT_EMPTY = "LB007";
/** Raised by app.delete_stage and app.delete_pipeline for no other one that records could go to. */
export const NOWHERE_TO_MOVE = "LB008";
/** Raised by app.change_pipeline for the default pipeline, which can only be taken over from. */
export const DEFAULT_GIVEN_UP = "LB009";
/** Raised when the workspace would have no admin any more who is not inactive. */
export const LAST_ADMIN = "LB010";
/** Raised by app.set_password when the email signs in through another workspace already. */
export const SIGNS_IN_ELSEWHERE = "LB011";
/** Raised by app.require_active_user. */
export const USER_INACTIVE = "LB012";
/** Raised by app.add_lead_tag when the lead has as many as it can have. */
export const TOO_MANY_TAGS = "LB013";
/** Raised when a user who is no longer invited is to be so. */
export const INVITED_AGAIN = "LB014";
/** Raised by app.linked_ids; the message is a JSON array of the links that lead to no record. */
export const UNKNOWN_LINKS = "LB015";
/** Raised by app.delete_pipeline for the default one. */
export const DEFAULT_DELETED = "LB016";
/** Raised by app.retry_run for a run that has not failed; the message is its status. */
export const RUN_NOT_FAILED = "LB050";
/** Raised by app.finish_job and app.fail_job when another run has the job, or it is gone. */
export const LEASE_LOST = "LB030";
/** Raised by app.read_feed when some of the events after the position were removed. */
export const EVENTS_REMOVED = "LB031";
/** Raised by app.check_membership for a membership that is to end in the future. */
export const ENDS_IN_THE_FUTURE = "LB070";
/** Raised by app.check_membership for a membership that ends before it started. */
export const ENDS_BEFORE_START = "LB071";
/** Raised by app.check_primary when the primary membership is not to be it. */
export const PRIMARY_GIVEN_UP = "LB072";
/** Raised by app.check_primary when a membership that ended is to be the primary one. */
export const ENDED_IS_PRIMARY = "LB073";
/** Raised by app.require_other_open_stage for the last open stage of a pipeline. */
export const LAST_OPEN_STAGE = "LB074";
/** Raised by app.reorder_stages for stages that are not all of one pipeline, each once. */
export const STAGES_INCOMPLETE = "LB075";
/** Raised by app.with_stage_id when a stage's name and id do not agree. */
export const STAGES_DISAGREE = "LB076";
/** Raised by app.store_message when the integration sends no mail, or is none. */
export const NO_MAIL_INTEGRATION = "LB060";
/** Raised by app.store_message for a message that is counted now, over its integration's daily limit. */
export const MAIL_LIMIT_REACHED = "LB061";
/** Raised by app.store_outbound_email; the message is a JSON array of the columns that are wrong. */
export const WRONG_EMAIL = "LB062";
/** Raised by app.store_outbound_email when the connection is not active; the message is its status. */
export const CONNECTION_STOPPED = "LB063";
/** Raised by app.store_outbound_email when a recipient has unsubscribed. */
export const RECIPIENT_UNSUBSCRIBED = "LB064";
/** Raised by app.store_account_message when there is no such mail account, or it is not active. */
export const NO_MAIL_ACCOUNT = "LB097";
/** Raised with the fields that are wrong; the message is a JSON array of {"field", "message"}. */
export const WRONG_FIELDS = "LB080";
/** Raised by app.require_unique_lead; the message is the other lead's number, empty for one not seen. */
export const LEAD_EXISTS = "LB081";
/** Raised by app.add_custom_field when the lead has it. */
export const CUSTOM_FIELD_EXISTS = "LB082";
/** Raised for a value that one record alone has; the message is {"field", "record", "number"} of that record. */
export const RECORD_EXISTS = "LB083";
/** Raised by app.require_stages for a won or lost stage that is left out or changed. */
export const STAGE_PROTECTED = "LB090";
/** Raised when less is free of a ledger than is needed; the message is {"ledger", "needed", "free"}. */
export const FUNDS_TOO_LOW = "LB091";
/** Raised by app.begin_agent_call when the workspace has no phone number. */
export const NO_PHONE_NUMBER = "LB101";
/** Raised by app.begin_agent_call when nothing is left in the wallet. */
export const WALLET_EMPTY = "LB102";
/** Raised by app.require_seen_leads when a lead of the contacts is not the actor's to see. */
export const LEADS_OF_OTHERS = "LB120";
/** Raised by app.undo_merge for one that was undone before. */
export const MERGE_UNDONE = "LB121";
/** Raised by app.undo_merge when it is too late. */
export const MERGE_EXPIRED = "LB122";
/** Raised by app.undo_merge when the contact that was kept is not there any more. */
export const KEPT_CONTACT_GONE = "LB123";
/** Raised by app.part_contacts when another contact has an email of the two by now. */
export const EMAIL_TAKEN_SINCE = "LB124";
/** Raised by app.lock_role for a role that every workspace has; the message is its name. */
export const ROLE_OF_ALL = "LB130";
/** Raised by app.delete_role for a role of users that nothing replaces; the message is how many they are. */
export const ROLE_IN_USE = "LB131";
/** Raised by app.revise for a change of another revision than the dashboard has by now, which is the message. */
export const REVISED_SINCE = "LB132";
/** Raised by app.require_workspace for another one than that of the claims. */
export const FOREIGN_WORKSPACE = "LB040";

const RETRYABLE = new Set(["40001", "40P01"]);
// Lost connections, shutdown, too many connections, and the timeouts set in each transaction.
const UNAVAILABLE = /^(08...|57P0.|53...|58...|57014|55P03|25P03|25006)$/;
const SOCKET = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "EPIPE",
  "ENOTFOUND",
  "EAI_AGAIN",
  // What Deno calls a write to a socket whose other end has just gone.
  "UNKNOWN",
]);
const DRIVER = /Connection terminated|timeout expired|not queryable|Query read timeout/;

/** Whether the error came from PostgreSQL itself, with an SQLSTATE. */
export function isPostgresError(error: unknown): error is PostgresError {
  return error instanceof Error && "code" in error && /^[0-9A-Z]{5}$/.test(String(error.code));
}

/** Whether the transaction was rolled back for a reason that a second try may not meet. */
export function isRetryable(error: unknown): boolean {
  return isPostgresError(error) && RETRYABLE.has(error.code);
}

/**
 * Whether a statement that the session kept no longer fits: a column's type was changed, or it was
 * forgotten. Nothing ran, and a fresh connection will do.
 */
export function isStaleStatement(error: unknown): boolean {
  return isPostgresError(error) &&
    (error.code === "26000" || /cached plan must not change/.test(error.message));
}

/** Whether PostgreSQL refused a value: out of range, wrong form (SQLSTATE class 22). */
export function isDataError(error: unknown): error is PostgresError {
  return isPostgresError(error) && error.code.startsWith("22");
}

/** Whether a row policy refused what was to be written: it is not the actor's to write. */
export function isPolicyError(error: unknown): error is PostgresError {
  return isPostgresError(error) && error.code === "42501" &&
    /row-level security/.test(error.message);
}

/** Turns connection trouble into DatabaseUnavailable and leaves every other error as it is. */
export function classify(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = "code" in error ? String(error.code) : "";
  // EPIPE looks like an SQLSTATE, so the sockets' own codes come first.
  const away = SOCKET.has(code) ||
    (isPostgresError(error)
      ? UNAVAILABLE.test(code)
      : DRIVER.test(error.message) || error instanceof AggregateError);
  return away ? new DatabaseUnavailable(error.message || code, { cause: error }) : error;
}

/** Whether a connection that met this error is given up. */
export function endsConnection(error: unknown): boolean {
  return classify(error) instanceof DatabaseUnavailable || isStaleStatement(error);
}
