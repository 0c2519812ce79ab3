/** What is wrong with one field, and what would be right. */
export interface FieldError {
  /** Path of the field, such as `email` or `contacts[3].email`. */
  field: string;
  message: string;
}

/** Input that breaks a rule; lists every mistake that was found. */
export class InvalidInput extends Error {
  override name = "InvalidInput";
  constructor(readonly fields: readonly FieldError[], message = "The request is not valid.") {
    super(message);
  }
}

/** The record does not exist in this workspace. */
export class RecordNotFound extends Error {
  override name = "RecordNotFound";
  constructor(record: string, id: string, by = "id") {
    super(`No ${record} with ${by} ${id}.`);
  }
}

/** A value that must be unique belongs to another record. */
export class Conflict extends Error {
  override name = "Conflict";
  constructor(readonly fields: readonly FieldError[]) {
    super(fields.map(({ message }) => message).join(" "));
  }
}

/** The limits of a UTC day. */
export type DailyLimit = "contacts_per_day" | "activities_per_day";

/** The request would create more records than the workspace may in one UTC day. */
export class DailyLimitReached extends Error {
  override name = "DailyLimitReached";
  constructor(readonly limit: DailyLimit) {
    super(`The workspace has reached its daily limit (${limit}) until midnight UTC.`);
  }
}
