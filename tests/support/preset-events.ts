import { eventIdOf, eventsOf, isTest, reasonToSkip } from "../../shared/connectors/events.ts";
import { mapEvent } from "../../shared/connectors/field-map.ts";
import { parsePayload } from "../../shared/connectors/payload.ts";
import type { Preset } from "../../shared/connectors/preset.ts";
import { presets } from "../../shared/connectors/presets.ts";
import { loadRegistries } from "../../shared/crm/values/registries.ts";
import { patientBudget } from "./patient-budget.ts";
import type { ProviderSample, SampleEvent } from "./provider-samples/sample.ts";

await loadRegistries();

/** The presets by any name. */
export const presetsByName: Readonly<Record<string, Preset>> = presets;

/** Every expression of a preset, by what it is for. */
export function expressionsOf(preset: Preset): [string, string][] {
  const { items, event_id, skip, test: isForTest, prepare, field_map } = preset;
  return Object.entries({ items, event_id, skip, test: isForTest, prepare, ...field_map })
    .flatMap(([name, text]): [string, string][] => text === null ? [] : [[name, text]]);
}

/** A sample's body as bytes. */
export function bytesOf({ body }: ProviderSample): Uint8Array {
  return typeof body === "string" ? new TextEncoder().encode(body) : body;
}

/** A sample's body as expressions see it. */
export function payloadOf(sample: ProviderSample): unknown {
  return parsePayload(sample.contentType, bytesOf(sample));
}

/** What a preset makes of a payload, with what a look-up would answer for an event's id. */
export async function mappedEvents(
  preset: Preset,
  payload: unknown,
  lookups: Record<string, unknown> = {},
): Promise<SampleEvent[]> {
  const budget = patientBudget();
  const mapped: SampleEvent[] = [];
  for (const event of await eventsOf(preset, payload, budget)) {
    const event_id = await eventIdOf(preset, event, budget);
    const lead = event_id === null ? undefined : lookups[event_id];
    const whole = lead === undefined ? event : { ...event as object, lead };
    if (await reasonToSkip(preset, event, budget) !== null) {
      mapped.push({ event_id, purpose: "ignored", mapped: {} });
    } else if (await isTest(preset, whole, budget)) {
      mapped.push({ event_id, purpose: "test", mapped: {} });
    } else {
      const { values } = await mapEvent(preset, whole, budget);
      mapped.push({ event_id, mapped: values });
    }
  }
  return mapped;
}
