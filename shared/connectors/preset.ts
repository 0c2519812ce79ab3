import type { Matching } from "./matching.ts";
import type { Verification } from "./verification.ts";

/** What a connector is made of for a provider, so that its owner gives a secret at most. */
export interface Preset {
  name: string;
  title: string;
  target: "contact" | "activity";
  /** When the secret it needs is optional and not given, the connector's type is `none`. */
  verification: Verification;
  /** What the owner may or must give. */
  secrets: Partial<Record<"secret" | "verify_token" | "access_token", "required" | "optional">>;
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
  defaults: Record<string, string | number>;
  matching: Matching;
  /** Where in the provider's product the address and the secret go. */
  setup: string;
}
