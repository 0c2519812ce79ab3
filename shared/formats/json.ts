import { isLosslessNumber, LosslessNumber } from "lossless-json";
import { InvalidInput } from "../refusals/errors.ts";
import { parseJson } from "./strict-json.ts";
import { typeName } from "../refusals/validation.ts";

export { storable, unstorableText } from "../refusals/storable.ts";

/**
 * Parses a JSON object strictly (RFC 8259): no key twice, at most 32 levels deep. A number that a
 * double does not hold exactly comes as LosslessNumber. Throws InvalidInput with the place of each mistake.
 */
export function parseObject(body: string): Record<string, unknown> {
  if (body.trim() === "") throw invalid("Must be a JSON object; it is empty.");
  const value = parseJson(body, (digits) => new LosslessNumber(digits));
  if (
    typeof value !== "object" || value === null || Array.isArray(value) || isLosslessNumber(value)
  ) {
    throw invalid(`Must be a JSON object; it is ${typeName(value)}.`);
  }
  return value as Record<string, unknown>;
}

function invalid(message: string): InvalidInput {
  return new InvalidInput([{ field: "body", message }]);
}
