import { type BodyRule, jsonBody } from "../../http/body.ts";

/** A body of JSON that may be left out, with its content type. */
export function optionalBody(limit: number): BodyRule {
  const { accepts, ...rule } = jsonBody(limit);
  return { ...rule, accepts: (type) => type === "" || accepts(type) };
}
