import { type Connector, connectorOf, type Preset, presets } from "./connectors.ts";

/** A connector with what it was made from, if from anything. */
export interface Source {
  connector: Connector;
  preset: Preset | null;
}

/** Loads a connector with its preset. */
export async function sourceOf(id: string, signal: AbortSignal): Promise<Source> {
  const [connector, known] = await Promise.all([connectorOf(id, signal), presets(signal)]);
  return { connector, preset: known.find(({ name }) => name === connector.preset) ?? null };
}

/** What a connector's provider is called. */
export function providerTitle(known: readonly Preset[], preset: string | null): string {
  if (preset === null) return "Another sender";
  return known.find(({ name }) => name === preset)?.title ?? preset;
}
