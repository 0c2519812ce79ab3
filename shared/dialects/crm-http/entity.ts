import { parseObject } from "../../formats/json.ts";
import type { Call } from "../../http/call.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { Refusal } from "../../refusals/refusal.ts";
import type { CrmCaller } from "./caller.ts";

/** The parameter, or the field of a body, with the id of the workspace (spec: Entity UUID). */
export const ENTITY = "entityId";

/** The header with which a session names the workspace (spec: x-entity-id). */
export const ENTITY_HEADER = "x-entity-id";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can be the id of a workspace. */
export function isEntityId(given: unknown): given is string {
  return typeof given === "string" && UUID.test(given);
}

/**
 * Requires that a request names the caller's workspace, in its query or its body; a session, whose header
 * names it, may leave it out. Throws InvalidInput when it names none, two, or what is no id, and Refusal
 * for another workspace's.
 */
export function requireEntity(
  call: Call,
  { workspaceId, userId }: Pick<CrmCaller, "workspaceId" | "userId">,
): void {
  const named = [...call.query.getAll(ENTITY), ...inBody(call)];
  if (named.length === 0 && (userId !== null || call.isUnread)) return;
  if (named.length === 0) throw wrong("Is required, in the query or in the body.");
  if (call.query.getAll(ENTITY).length > 1) throw wrong("Must be given once.");
  if (!named.every(isEntityId)) {
    throw wrong("Must be a UUID, such as 497f6eca-6276-4993-bfeb-53cbbbba6f08.");
  }
  const ids = new Set(named.map((one) => String(one).toLowerCase()));
  if (ids.size > 1) throw wrong("Must be the same in the query and in the body.");
  if (ids.has(workspaceId)) return;
  throw new Refusal("forbidden", "The entity that entityId names is not the one you ask as.");
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
