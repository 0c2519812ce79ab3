import type { Matching } from "./matching.ts";
import type { Verification } from "./verification.ts";

/** How what a sender sends is read. */
export interface Reading {
  /** Expressions over the payload (items) and over each event of it. */
  items: string | null;
  event_id: string | null;
  skip: string | null;
  test: string | null;
  /** What is fetched from the provider before an event is mapped. */
  lookup: "meta_lead" | null;
  /** Finds in an event what the field map then knows as `prepared`. */
  prepare: string | null;
  field_map: Record<string, string>;
  matching: Matching;
  verification: Verification;
}

/**
 * What a connector is made of for a provider, so that its owner gives a secret at most. When the secret
 * that its verification needs is optional and not given, the connector's type is `none`.
 */
export interface Preset extends Reading {
  name: string;
  title: string;
  target: "contact" | "activity";
  /** What the owner may or must give. */
  secrets: Partial<Record<"secret" | "verify_token" | "access_token", "required" | "optional">>;
  defaults: Record<string, string | number>;
  /** Where in the provider's product the address and the secret go. */
  setup: string;
}
