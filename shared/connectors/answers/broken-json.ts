import { parseJson } from "../../formats/strict-json.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { type Fields, isObject } from "./objects.ts";

/** The fields of an object as JSON. */
export interface ReadFields {
  fields: Fields;
  /** What is wrong with the JSON, of which `fields` are those before that. */
  broken?: string;
}

/** Reads a JSON object, of one that breaks off or is broken as far as it goes. */
export function readFields(json: string): ReadFields {
  const { fields, broken } = parsed(json);
  return broken === undefined ? { fields } : { fields: fieldsBefore(json), broken };
}

// Up to each comma between its fields, it is either good or broken already.
function fieldsBefore(json: string): Fields {
  const ends = endsOfFields(json);
  let good: Fields = {};
  for (let [from, to] = [0, ends.length]; from < to;) {
    const middle = (from + to) >> 1;
    const { fields, broken } = parsed(`${json.slice(0, ends[middle])}}`);
    if (broken === undefined) [good, from] = [fields, middle + 1];
    else to = middle;
  }
  return good;
}

function endsOfFields(json: string): number[] {
  const ends: number[] = [];
  let depth = 0;
  for (const { 0: token, index } of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},]/gs)) {
    if (token === "[" || token === "{") depth += 1;
    else if (token === "]" || token === "}") depth -= 1;
    else if (token === "," && depth === 1) ends.push(index);
  }
  return ends;
}

function parsed(json: string): ReadFields {
  try {
    const value = parseJson(json, (digits) => digits);
    return isObject(value) ? { fields: value } : { fields: {}, broken: "Must be a JSON object." };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return { fields: {}, broken: error.fields[0]?.message ?? error.message };
  }
}
