import { stringify } from "lossless-json";
import type { Fields } from "./api.ts";
import { cell, reasonOf } from "./connectors.ts";
import { table } from "./output.ts";

/** For people: what the field map gives for each event of a dry run, and what would happen. */
export function rehearsalText({ results, ...answer }: Fields): string {
  if (!Array.isArray(results)) return eventText(answer);
  const texts = results.map((result: Fields, index) => `Event ${index + 1}\n${eventText(result)}`);
  return texts.length > 0 ? texts.join("\n\n") : "The payload holds no event.";
}

function eventText(event: Fields): string {
  const { outcome, event_id: eventId, matched_by: matchedBy, id, reason, error } = event;
  const facts = [
    ["Outcome", cell(outcome)],
    ["Reason", error ? reasonOf(error as Fields) : cell(reason)],
    ["Event id", cell(eventId)],
    ["Matched by", cell(matchedBy)],
    ["Record", cell(id)],
  ].filter(([, value]) => value !== "");
  const parts = [table(facts), mappedText(event.mapped), changesText(event.changes)];
  return parts.filter((part) => part !== "").join("\n\n");
}

function mappedText(mapped: unknown): string {
  if (!mapped) return "";
  const rows = Object.entries(mapped).map(([field, value]) => [field, json(value)]);
  return table([["FIELD", "VALUE"], ...rows]);
}

function changesText(changes: unknown): string {
  const entries = Object.entries((changes ?? {}) as Record<string, { from: unknown; to: unknown }>);
  if (entries.length === 0) return "";
  const rows = entries.map(([field, { from, to }]) => [field, json(from), json(to)]);
  return table([["CHANGES", "FROM", "TO"], ...rows]);
}

function json(value: unknown): string {
  return stringify(value) ?? "";
}
