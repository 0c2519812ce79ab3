import type { Fields } from "../crm/plan.ts";
import type { SecretName, Target } from "./connectors.ts";
import type { Reading } from "./preset.ts";

/** What a connector does with what its sender sends. */
export interface Definition extends Reading {
  target: Target;
  defaults: Fields;
}

/** The secrets of a connector that has them. */
export type Secrets = Partial<Record<SecretName, string>>;
