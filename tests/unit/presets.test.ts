import { describe, expect, test } from "vitest";
import { compileExpression } from "../../shared/connectors/expressions/expression.ts";
import { defaultMistakes, fieldMistakes } from "../../shared/connectors/field-map.ts";
import { targetValues } from "../../shared/connectors/target-values.ts";
import { matchingSchema } from "../../shared/connectors/matching.ts";
import { PRESET_NAMES } from "../../shared/connectors/presets.ts";
import { verificationSchema, verify } from "../../shared/connectors/verification.ts";
import {
  bytesOf,
  expressionsOf,
  mappedEvents,
  payloadOf,
  presetsByName,
} from "../support/preset-events.ts";
import { providerSamples } from "../support/provider-samples/index.ts";

describe.each(PRESET_NAMES)("the preset %s", (name) => {
  const preset = presetsByName[name]!;

  test("carries its own name", () => {
    expect(preset.name).toBe(name);
  });

  test("has expressions that compile", () => {
    for (const [, text] of expressionsOf(preset)) {
      expect(() => compileExpression(text)).not.toThrow();
    }
  });

  test("fills fields of its target only, with defaults that fit", () => {
    expect(fieldMistakes(preset)).toEqual([]);
    expect(defaultMistakes(preset)).toEqual([]);
  });

  test("has a proof and matching rules that a connector takes", () => {
    expect(verificationSchema.parse(preset.verification)).toEqual(preset.verification);
    expect(matchingSchema.parse(preset.matching)).toEqual(preset.matching);
  });

  test("asks for a secret exactly when its proof needs one", () => {
    expect("secret" in preset.secrets).toBe(preset.verification.type !== "none");
  });

  test("has at least two samples", () => {
    expect(providerSamples.filter((sample) => sample.preset === name).length).toBeGreaterThan(1);
  });
});

const named = providerSamples.map((sample) =>
  [`${sample.preset}: ${sample.name}`, sample] as const
);

describe("a provider's sample", () => {
  test.each(named)("%s", async (_, sample) => {
    const preset = presetsByName[sample.preset]!;
    const events = await mappedEvents(preset, payloadOf(sample), sample.lookups);
    expect(events).toEqual(sample.events);
    for (const { mapped } of events.filter(({ purpose }) => purpose === undefined)) {
      expect(() => targetValues(preset, mapped)).not.toThrow();
    }
  });

  test.each(named)("%s proves its sender", async (_, sample) => {
    const { verification } = presetsByName[sample.preset]!;
    const { secret = "" } = sample.secrets;
    const request = { method: "POST", url: "https://api.example.com/v1?connector=x", now: 1e12 };
    const headers = new Headers(await sample.headers(secret, sample.body, request));
    const received = { ...request, headers, body: bytesOf(sample), payload: payloadOf(sample) };
    expect(verify(verification, secret, received)).toBeNull();
    const other = verification.type === "none" ? null : "mismatch";
    expect(verify(verification, `${secret}s`, received)).toBe(other);
  });
});
