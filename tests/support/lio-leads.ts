import type { Json } from "./api-client.ts";
import type { LioClient } from "./lio.ts";

let made = 0;

/** What a lead is made of that no other is like. */
export function person(
  more: object = {},
): { first_name: string; last_name: string; email: string } {
  return {
    first_name: "Jane",
    last_name: "Roe",
    email: `jane-${process.pid}-${made++}@acme.example`,
    ...more,
  };
}

/** Makes a lead. */
export function leadOf(api: LioClient, more: object = {}): Promise<Json> {
  return api.made("lead/add", person(more));
}

/** A lead but for its score, which a job computes soon after a change. */
export function unscored({ score: _, ai_information: __, ...lead }: Json): Json {
  return lead;
}
