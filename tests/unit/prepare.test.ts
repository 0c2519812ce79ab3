import { expect, test } from "vitest";
import { changedDefinition, newDefinition } from "../../shared/connectors/define.ts";
import { mapEvent } from "../../shared/connectors/field-map.ts";
import { presets } from "../../shared/connectors/presets.ts";
import { patientBudget } from "../support/patient-budget.ts";
import { payloadOf } from "../support/preset-events.ts";
import { providerSamples } from "../support/provider-samples/index.ts";

async function mapped(...given: Parameters<typeof mappedEvent>) {
  return (await mappedEvent(...given)).values;
}

function mappedEvent(
  { prepare, ...field_map }: Record<string, string>,
  event: unknown,
  budget = patientBudget(),
) {
  return mapEvent({ prepare: prepare ?? null, field_map, defaults: {} }, event, budget);
}

test("what prepare gives is known to the field map beside the event's own fields", async () => {
  const prepare = '{"parts": $split(name, " ")}';
  const fields = { first_name: "prepared.parts[0]", message: "name", title: "prepared.none" };
  expect(await mapped({ prepare, ...fields }, { name: "Ada Lovelace" })).toEqual({
    first_name: "Ada",
    message: "Ada Lovelace",
  });
});

test.each<[unknown, object]>([
  ["ada@example.com", { email: "ada@example.com" }],
  [["ada@example.com"], { email: "ada@example.com" }],
  [null, {}],
])("an event that is no object is known by what prepare gives: %j", async (event, expected) => {
  const fields = { email: "prepared.email", title: '$lookup($, "0")' };
  expect(await mapped({ prepare: '{"email": $}', ...fields }, event)).toEqual(expected);
});

test("a field of the sender's own called prepared is not taken for it", async () => {
  const event = { prepared: { email: "eve@example.com" } };
  expect(await mapped({ prepare: "nothing", email: "prepared.email" }, event)).toEqual({});
  expect(await mapped({ email: "prepared.email" }, event)).toEqual({ email: "eve@example.com" });
});

test("a prepare that fails is named, and no field is tried", async () => {
  const fields = { prepare: '$error("no")', email: '$error("neither")' };
  await expect(mapped(fields, {})).rejects.toMatchObject({
    fields: [{ field: "prepare", message: expect.stringContaining("no") }],
  });
});

test("what prepare warns of is told, and nothing that the sender says it did", async () => {
  const warning = { field: "rawRequest", message: "Must be valid JSON." };
  const prepare = '{"warnings": [given, {"field": 1}, "no"]}';
  expect(await mappedEvent({ prepare, email: "email" }, { given: warning }))
    .toEqual({ values: {}, warnings: [warning] });
  expect(await mappedEvent({ email: "email" }, { prepared: { warnings: [warning] } }))
    .toEqual({ values: {}, warnings: [] });
});

test("prepare draws on the same budget as the field map", async () => {
  const budget = patientBudget({ steps: 600 });
  const fields = { prepare: "$count([1..150].($))", email: "$count([1..400].($))" };
  await expect(mapped(fields, {}, budget)).rejects.toMatchObject({
    fields: [{ field: "field_map.email", message: expect.stringContaining("600 steps") }],
  });
});

test("an owner mends one field of a preset, or reads the form anew", async () => {
  const { prepare, field_map } = presets.typeform;
  const email = 'form_response.answers[field.ref="ref-q1"].text & "@example.com"';
  const given = { preset: "typeform", name: "x", field_map: { email } } as const;
  const { definition } = newDefinition(given);
  expect(definition).toMatchObject({ prepare, field_map: { ...field_map, email } });
  const sample = providerSamples.find(({ preset }) => preset === "typeform")!;
  const [{ mapped: expected }] = sample.events as [typeof sample.events[0]];
  expect((await mapEvent(definition, payloadOf(sample), patientBudget())).values).toEqual({
    ...expected,
    email: "Laura@example.com",
  });
  const anew = newDefinition({ ...given, prepare: '{"title": "Head of Sales"}' }).definition;
  expect((await mapEvent(anew, payloadOf(sample), patientBudget())).values).toEqual({
    source: "typeform",
    email: "Laura@example.com",
    title: "Head of Sales",
  });
  expect(changedDefinition(definition, {}, { prepare: null }).definition.prepare).toBeNull();
  expect(changedDefinition(definition, {}, {}).definition.prepare).toBe(prepare);
});
