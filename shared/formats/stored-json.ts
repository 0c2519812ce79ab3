import { LosslessNumber } from "lossless-json";
import { parseJson } from "./strict-json.ts";

/** A record of the JSON that PostgreSQL wrote; a number that a double cannot hold is a LosslessNumber. */
export function recordOf(json: string): Record<string, unknown> {
  return parseJson(json, (digits) => new LosslessNumber(digits)) as Record<string, unknown>;
}
