import { describe, expect, test } from "vitest";
import { eventsOf, preparedEvent } from "../../shared/connectors/events.ts";
import { compileExpression } from "../../shared/connectors/expressions/expression.ts";
import { PRESET_NAMES, presets } from "../../shared/connectors/presets.ts";
import { patientBudget } from "../support/patient-budget.ts";
import { expressionsOf, mappedEvents, payloadOf } from "../support/preset-events.ts";
import { providerSamples } from "../support/provider-samples/index.ts";

const ODD = [null, 7, "", [], [null], [[7, "x"], {}], { a: null, b: [1] }];

/** The payload with one of its values replaced by each odd one; of a list, in its first item. */
function* spoilt(payload: unknown): Generator<unknown> {
  yield* ODD;
  if (typeof payload !== "object" || payload === null) return;
  if (Array.isArray(payload)) {
    for (const other of spoilt(payload[0])) yield [other, ...payload.slice(1)];
    return;
  }
  for (const [key, value] of Object.entries(payload)) {
    for (const other of spoilt(value)) yield { ...payload, [key]: other };
  }
}

const TEXTS = new Set(["event_id", "email", "phone", "first_name", "last_name", "message"]);

describe("a payload that is not as documented", () => {
  const firstOf = PRESET_NAMES.map((name) =>
    [name, providerSamples.find(({ preset }) => preset === name)!] as const
  );

  test.each(firstOf)("of %s fails no expression", async (name, sample) => {
    const preset = presets[name];
    const [event] = await eventsOf(preset, payloadOf(sample), patientBudget());
    const lead = Object.values(sample.lookups ?? {})[0];
    const whole = lead === undefined ? event : { ...event as object, lead };
    const expressions = expressionsOf(preset).filter(([field]) =>
      !["items", "prepare", "data"].includes(field)
    );
    const unusable: unknown[] = [];
    for (const payload of spoilt(whole)) {
      const budget = patientBudget();
      const prepared = await preparedEvent(preset, payload, budget);
      for (const [field, text] of expressions) {
        const input = field in preset.field_map ? prepared : payload;
        const found = await compileExpression(text).evaluate(input, budget);
        const object = typeof found === "object" || typeof found === "boolean";
        if (TEXTS.has(field) && object) unusable.push({ field, found, payload });
      }
    }
    expect(unusable).toEqual([]);
  });

  test.each(firstOf)("of %s is taken apart without failing", async (name, sample) => {
    for (const payload of spoilt(payloadOf(sample))) {
      expect(await eventsOf(presets[name], payload, patientBudget())).toBeInstanceOf(Array);
    }
  });

  test.each(PRESET_NAMES)("of %s gives nothing when it is empty", async (name) => {
    const preset = presets[name];
    const [event] = await mappedEvents(preset, {});
    const { data: _, ...mapped } = event?.mapped ?? {};
    expect({ event_id: event?.event_id ?? null, mapped: { ...preset.defaults, ...mapped } })
      .toEqual({ event_id: null, mapped: preset.defaults });
  });
});
