import * as z from "zod";
import { INTEGRATION_TYPES, type IntegrationTypeName } from "../../crm/integrations.ts";
import { type IntegrationType, type Settings } from "../../integrations/type.ts";
import { withoutMasks } from "../../integrations/settings.ts";
import { TYPES } from "../../integrations/types.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { notOneOf, validated } from "../../refusals/validation.ts";
import { bodySchema } from "./body.ts";
import { integration } from "./integration-view.ts";

/** What a new integration is made of. */
export interface NewIntegration {
  type: IntegrationType;
  name: string;
  is_active: boolean;
  settings: Settings;
}

/** What is to change of one. */
export interface IntegrationChange {
  name?: string;
  is_active?: boolean;
  settings?: Settings;
}

const ofNoType = lazy(() =>
  bodySchema(integration, "creation").extend({
    type: z.enum(INTEGRATION_TYPES, {
      error: ({ input }) => notOneOf(input, [...INTEGRATION_TYPES]),
    }),
    settings: z.looseObject({}),
  })
);

const creations = lazy(() => byType(creationOf));
const changes = lazy(() => byType(changeOf));

/** The body that makes an integration, as the contract has it: of each type with its settings. */
export const creationBody = lazy(() => {
  const [first = ofNoType(), ...others] = creations().values();
  return z.discriminatedUnion("type", [first, ...others]);
});

/** The body that changes an integration, as the contract has it. */
export const changeBody = lazy(() => z.union([...changes().values()]));

/** Reads a body that makes an integration. Throws InvalidInput. */
export function readCreation(body: Record<string, unknown>): NewIntegration {
  const schema = creations().get(String(body.type)) ?? ofNoType();
  const given = validated(schema, body);
  const type = TYPES[given.type as IntegrationTypeName];
  const { name, is_active, settings } = given as Partial<NewIntegration>;
  return {
    type,
    name: name ?? type.name,
    is_active: is_active ?? true,
    settings: settings ?? {},
  };
}

/**
 * Reads a body that changes an integration of a type; null for one that is not there, of which only what
 * all types share is checked. Throws InvalidInput.
 */
export function readChange(
  type: IntegrationType | null,
  body: Record<string, unknown>,
): IntegrationChange {
  if (Object.keys(body).length === 0) {
    throw new InvalidInput([{ field: "body", message: "The body must have at least one field." }]);
  }
  const given = type !== null && "settings" in body
    ? { ...body, settings: withoutMasks(type, body.settings) }
    : body;
  const schema = changes().get(type?.type ?? "") ?? ofNoType().partial();
  const { name, is_active, settings } = validated(schema, given);
  return { name, is_active, settings } as IntegrationChange;
}

function byType(schemaOf: (type: IntegrationType) => z.ZodObject): Map<string, z.ZodObject> {
  return new Map(Object.values(TYPES).map((type) => [type.type, schemaOf(type)]));
}

function creationOf(type: IntegrationType): z.ZodObject {
  return bodySchema(integration, "creation").extend({
    type: z.literal(type.type),
    settings: type.creation(),
  });
}

// A record can be sent back as it was read, its type included.
function changeOf(type: IntegrationType): z.ZodObject {
  return bodySchema(integration, "change").extend({
    type: z.literal(type.type, `Cannot change; it is ${type.type}`).optional(),
    settings: type.change().optional(),
  });
}
