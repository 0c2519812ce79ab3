import type { Fields } from "../crm/plan.ts";
import type { SecretName, Target } from "./connectors.ts";
import type { Matching } from "./matching.ts";
import type { Verification } from "./verification.ts";

/** What a connector does with what its sender sends. */
export interface Definition {
  target: Target;
  field_map: Record<string, string>;
  matching: Matching;
  defaults: Fields;
  items: string | null;
  event_id: string | null;
  skip: string | null;
  test: string | null;
  lookup: "meta_lead" | null;
  prepare: string | null;
  verification: Verification;
}

/** The secrets of a connector that has them. */
export type Secrets = Partial<Record<SecretName, string>>;
