import type { FieldError } from "./field-error.ts";

/** What can go wrong. Each API has its own code, status and words for it. */
export type Kind =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "conflict"
  | "key_reused"
  | "too_large"
  | "unsupported_type"
  | "limited"
  | "payment_required"
  | "failed"
  | "provider_failed"
  | "unavailable";

/** What a refusal knows beyond its kind; an API shows what its contract has a place for. */
export interface Facts {
  /** What is wrong with each field. */
  fields?: readonly FieldError[];
  /** Whole seconds after which another try may work. */
  retry_after?: number;
  /** How to prove who one is (RFC 9110, section 11.6.1). */
  challenge?: string;
  /** The methods that a path has. */
  allowed?: readonly string[];
  [name: string]: unknown;
}

/** A request, or a part of one, that is not done, and why. */
export class Refusal extends Error {
  override name = "Refusal";
  constructor(
    readonly kind: Kind,
    message: string,
    readonly facts: Facts = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Whether the fault lies with the service rather than with what was asked. */
  get isOurs(): boolean {
    return this.kind === "failed" || this.kind === "provider_failed" || this.kind === "unavailable";
  }

  /** What is wrong with each field. */
  get fields(): readonly FieldError[] {
    return this.facts.fields ?? [];
  }
}
