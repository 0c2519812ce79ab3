import { parseObject } from "../../formats/json.ts";
import type { Call } from "../../http/call.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { Refusal } from "../../refusals/refusal.ts";

/** The parameter, or the field of a body, with the id of the workspace (spec: Entity UUID). */
export const ENTITY = "entityId";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Requires that a request names the caller's workspace, in its query or its body. Throws InvalidInput
 * when it names none, two, or what is no id, and Refusal for another workspace's.
 */
export function requireEntity(call: Call, workspaceId: string): void {
  const named = [...call.query.getAll(ENTITY), ...inBody(call)];
  const [entity] = named;
  if (entity === undefined) throw wrong("Is required, in the query or in the body.");
  if (call.query.getAll(ENTITY).length > 1) throw wrong("Must be given once.");
  if (!named.every((one) => typeof one === "string" && UUID.test(one))) {
    throw wrong("Must be a UUID, such as 497f6eca-6276-4993-bfeb-53cbbbba6f08.");
  }
  const ids = new Set(named.map((one) => String(one).toLowerCase()));
  if (ids.size > 1) throw wrong("Must be the same in the query and in the body.");
  if (ids.has(workspaceId)) return;
  throw new Refusal("forbidden", "This API key is not of the entity that entityId names.");
}

/** The query without what names the workspace. */
export function queryOf({ query }: Call): URLSearchParams {
  return new URLSearchParams([...query].filter(([name]) => name !== ENTITY));
}

/** The body without what names the workspace. Throws InvalidInput. */
export function objectOf(call: Call): Record<string, unknown> {
  const { [ENTITY]: _, ...body } = call.object();
  return body;
}

// A body that cannot be read is refused later, unless nothing else names the workspace.
function inBody({ text }: Call): unknown[] {
  if (!text.includes(ENTITY)) return [];
  try {
    const { [ENTITY]: given } = parseObject(text);
    return given === undefined ? [] : [given];
  } catch (error) {
    if (error instanceof InvalidInput) return [];
    throw error;
  }
}

function wrong(message: string): InvalidInput {
  return new InvalidInput([{ field: ENTITY, message }]);
}
