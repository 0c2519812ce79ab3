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

/** A value that one record alone has belongs to another, which is told by its number. */
export class RecordExists extends Refusal {
  override name = "RecordExists";
  /** `existing_id` is the other's number; null when it is gone by now. */
  constructor(record: string, field: string, existing_id: number | null) {
    super("conflict", `Another ${record} has this ${field}.`, { existing_id });
  }
}

/** Something of the workspace is in the way of a change or a deletion. */
export class Blocked extends Refusal {
  override name = "Blocked";
  constructor(fields: readonly FieldError[], readonly code?: string) {
    super("conflict", fields.map(({ message }) => message).join(" "), {
      fields,
      ...(code === undefined ? {} : { code }),
    });
  }
}

/** Another lead has the email or the LinkedIn profile. */
export class LeadExists extends Refusal {
  override name = "LeadExists";
  /** `existing_id` is the other's number; null when the actor does not see it. */
  constructor(existing_id: number | null) {
    const code = "duplicate_lead";
    super("conflict", "Another lead has this email or LinkedIn URL.", { code, existing_id });
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
