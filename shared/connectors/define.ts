import { type FieldError, InvalidInput } from "../refusals/errors.ts";
import { type SecretName, SECRETS } from "./connectors.ts";
import type { Definition, Secrets } from "./definition.ts";
import type { ConnectorChange, ConnectorCreation } from "./definition-schema.ts";
import { defaultMistakes, fieldMistakes } from "./field-map.ts";
import { matchingSchema } from "./matching.ts";
import type { Preset } from "./preset.ts";
import { presets } from "./presets.ts";
import type { Verification } from "./verification.ts";

const EMPTY = {
  items: null,
  event_id: null,
  skip: null,
  test: null,
  lookup: null,
  prepare: null,
};

/**
 * Completes what a new connector was given with its preset and checks the whole. Throws InvalidInput
 * with every mistake.
 */
export function newDefinition(
  given: ConnectorCreation,
): { definition: Definition; secrets: Secrets } {
  const preset = given.preset ? presets[given.preset] : undefined;
  const target = given.target ?? preset?.target;
  if (target === undefined) {
    throw invalid("target", "Is required without a preset; must be contact or activity.");
  }
  if (preset !== undefined && target !== preset.target) {
    throw invalid("target", `Must be ${preset.target}, which this preset is for.`);
  }
  const secrets = mergedSecrets({}, given);
  const base: Definition = {
    ...EMPTY,
    target,
    field_map: {},
    matching: matchingSchema.parse({}),
    defaults: {},
    verification: { type: "none" },
    ...(preset === undefined ? {} : ofPreset(preset, secrets)),
  };
  const definition = changed(base, {
    ...given,
    field_map: { ...base.field_map, ...given.field_map },
    defaults: { ...base.defaults, ...given.defaults },
  });
  check(definition, secrets, given, preset);
  return { definition, secrets };
}

/** A connector's definition and secrets after a change. Throws InvalidInput with every mistake. */
export function changedDefinition(
  before: Definition,
  secretsBefore: Secrets,
  given: ConnectorChange,
): { definition: Definition; secrets: Secrets } {
  const secrets = mergedSecrets(secretsBefore, given);
  const definition = changed(before, given);
  check(definition, secrets, given);
  return { definition, secrets };
}

function ofPreset(preset: Preset, { secret }: Secrets): Partial<Definition> {
  const { prepare, field_map, defaults, matching, items, event_id, skip, test, lookup } = preset;
  const proven = secret !== undefined || preset.secrets.secret !== "optional";
  return {
    field_map,
    defaults,
    ...(matching ? { matching } : {}),
    items,
    event_id,
    skip,
    test,
    lookup,
    prepare,
    verification: proven ? preset.verification : { type: "none" },
  };
}

function changed(before: Definition, given: ConnectorChange | ConnectorCreation): Definition {
  const fieldMap = given.field_map ?? before.field_map;
  return {
    target: before.target,
    field_map: Object.fromEntries(
      Object.entries(fieldMap).flatMap(([field, text]) => text === null ? [] : [[field, text]]),
    ),
    matching: given.matching ?? before.matching,
    defaults: Object.fromEntries(
      Object.entries(given.defaults ?? before.defaults).filter(([, value]) => value !== null),
    ),
    items: given.items === undefined ? before.items : given.items,
    event_id: given.event_id === undefined ? before.event_id : given.event_id,
    skip: given.skip === undefined ? before.skip : given.skip,
    test: given.test === undefined ? before.test : given.test,
    lookup: given.lookup === undefined ? before.lookup : given.lookup,
    prepare: given.prepare === undefined ? before.prepare : given.prepare,
    verification: given.verification ?? before.verification,
  };
}

function mergedSecrets(before: Secrets, given: ConnectorChange | ConnectorCreation): Secrets {
  return Object.fromEntries(
    SECRETS.flatMap((name) => {
      const value = given[name] === undefined ? before[name] : given[name];
      return value ? [[name, value]] : [];
    }),
  );
}

function check(
  definition: Definition,
  secrets: Secrets,
  given: ConnectorChange | ConnectorCreation,
  preset?: Preset,
): void {
  const mistakes: FieldError[] = [
    ...fieldMistakes(definition),
    ...defaultMistakes(definition),
  ];
  const needed = new Set(SECRETS.filter((name) => preset?.secrets[name] === "required"));
  if (definition.verification.type !== "none") needed.add("secret");
  if (definition.lookup === "meta_lead") needed.add("access_token");
  for (const name of needed) {
    if (secrets[name] === undefined) {
      mistakes.push({ field: name, message: `Is required; ${WHY_NEEDED[name]}.` });
    }
  }
  const unfit = unfitSecret(definition.verification, secrets.secret);
  if (unfit !== undefined) mistakes.push({ field: "secret", message: unfit });
  if (given.secret && definition.verification.type === "none" && definition.lookup === null) {
    const message = 'Would prove nothing: verification is {"type": "none"}; give one that uses it.';
    mistakes.push({ field: "secret", message });
  }
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
}

// A secret that its sender could not send would refuse every event.
function unfitSecret({ type }: Verification, secret: string | undefined): string | undefined {
  if (secret === undefined) return undefined;
  if (type === "basic" && !secret.includes(":")) return "Must be user:password (RFC 7617).";
  if (type === "header" && !/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(secret)) {
    return "Must be printable ASCII without blanks around it, as a header's value is.";
  }
  return undefined;
}

const WHY_NEEDED: Record<SecretName, string> = {
  secret: "the sender proves itself with it",
  verify_token: "the sender's handshake must repeat it",
  access_token: "it opens the data that events only name",
};

function invalid(field: string, message: string): InvalidInput {
  return new InvalidInput([{ field, message }]);
}
