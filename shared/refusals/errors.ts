import type { FieldError } from "./field-error.ts";
import { Refusal } from "./refusal.ts";

export type { FieldError } from "./field-error.ts";

/** Input that breaks a rule; lists every mistake that was found. */
export class InvalidInput extends Refusal {
  override name = "InvalidInput";
  constructor(fields: readonly FieldError[], message = "The request is not valid.") {
    super("invalid", message, { fields });
  }
}

/** The record does not exist in this workspace. */
export class RecordNotFound extends Refusal {
  override name = "RecordNotFound";
  constructor(record: string, id: string, by = "id") {
    super("not_found", `No ${record} with ${by} ${id}.`);
  }
}

/** A value that must be unique belongs to another record. */
export class Conflict extends Refusal {
  override name = "Conflict";
  constructor(fields: readonly FieldError[]) {
    super("conflict", fields.map(({ message }) => message).join(" "), { fields });
  }
}

/** Something of the workspace is in the way of a change or a deletion. */
export class Blocked extends Refusal {
  override name = "Blocked";
  constructor(fields: readonly FieldError[]) {
    super("conflict", fields.map(({ message }) => message).join(" "), { fields });
  }
}

/** The limits of a UTC day. */
export type DailyLimit = "contacts_per_day" | "activities_per_day";

/** The request would create more records than the workspace may in one UTC day. */
export class DailyLimitReached extends Refusal {
  override name = "DailyLimitReached";
  constructor(readonly limit: DailyLimit) {
    super("limited", `The workspace has reached its daily limit (${limit}) until midnight UTC.`, {
      limit,
    });
  }
}
