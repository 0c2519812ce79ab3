import type { ContractDocument, Schema } from "./contract-document.ts";

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seeded(text: string): () => number {
  let state = [...text].reduce((sum, char) => Math.imul(sum, 31) + char.codePointAt(0)!, 7);
  return () => {
    state = (state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const WORDS = ["Acme", "größe", "商談", "O'Neil; --", "a b", "<b>", "null", "🙂", "%_\\", "مرحبا"];

/** Makes values that the contract's schemas allow. */
export class ValueMaker {
  constructor(
    readonly document: ContractDocument,
    readonly random: () => number,
    /** Values of records that exist, by the field that holds them. */
    readonly known: Readonly<Record<string, readonly string[]>>,
  ) {}

  one<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.random() * choices.length)]!;
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  value(given: Schema, field = ""): unknown {
    const schema = this.document.resolved(given);
    const { enum: choices, anyOf, oneOf, allOf, examples, type } = schema;
    if ("const" in schema) return schema.const;
    if (Array.isArray(choices)) return this.one(choices);
    if (Array.isArray(allOf)) return this.#both(allOf as Schema[], field);
    if (Array.isArray(oneOf)) return this.value(this.one(oneOf as Schema[]), field);
    if (Array.isArray(anyOf) && type !== "object") {
      return this.value(this.one(anyOf as Schema[]), field);
    }
    if (type === "string" && !examples && this.known[field] && this.chance(0.8)) {
      return this.one(this.known[field]);
    }
    if (Array.isArray(examples) && examples.length > 0) return this.one(examples);
    if (type === "integer" && this.known[field] && this.chance(0.8)) {
      return Number(this.one(this.known[field]));
    }
    return this.#ofType(Array.isArray(type) ? this.one(type) : type, schema);
  }

  #both([first = {}, second = {}]: Schema[], field: string): unknown {
    const resolved = this.document.resolved(first);
    const chosen = Array.isArray(resolved.oneOf) ? this.one(resolved.oneOf as Schema[]) : resolved;
    const required = [chosen.required, second.required].flat().filter(Boolean);
    return this.value({ ...chosen, ...second, required }, field);
  }

  #ofType(type: unknown, schema: Schema): unknown {
    switch (type) {
      case "object":
        return this.#object(schema);
      case "array":
        return this.#array(schema);
      case "integer":
        return this.#between(Number(schema.minimum ?? 0), Number(schema.maximum ?? 50));
      case "number":
        return this.#between(Number(schema.minimum ?? 0), Number(schema.maximum ?? 99)) +
          this.one([0, 0, 0.5, 0.25]) * (this.random() < 0.5 ? 0 : -1);
      case "boolean":
        return this.chance(0.5);
      case "null":
        return null;
      case "string":
        return this.#text(schema);
      default:
        return this.one<unknown>([1, "any", null, [true], { deep: { er: 1 } }]);
    }
  }

  #object({ properties = {}, required = [], additionalProperties }: Schema): unknown {
    const entries = Object.entries(properties as Record<string, Schema>)
      .filter(([name]) => (required as string[]).includes(name) || this.chance(0.5))
      .map(([name, schema]) => [name, this.value(schema, name)]);
    const more = typeof additionalProperties === "object" && this.chance(0.5)
      ? [["any key", this.value(additionalProperties as Schema)]]
      : [];
    return Object.fromEntries([...entries, ...more]);
  }

  #uuid(): string {
    const hex = Array.from({ length: 32 }, () => this.one([..."0123456789abcdef"])).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  #array({ items = {}, prefixItems, minItems = 0, maxItems = 4 }: Schema): unknown[] {
    if (Array.isArray(prefixItems)) return prefixItems.map((one: Schema) => this.value(one));
    const length = this.#between(Number(minItems), Math.min(4, Number(maxItems)));
    return Array.from({ length }, () => this.value(items as Schema));
  }

  #between(low: number, high: number): number {
    return low + Math.floor(this.random() * (Math.min(high, low + 1000) - low + 1));
  }

  #text({ format, minLength = 0, maxLength = 40 }: Schema): string {
    if (format === "uuid") return this.#uuid();
    const words = Array.from({ length: this.#between(1, 3) }, () => this.one(WORDS)).join(" ");
    return words.slice(0, Math.max(Number(minLength), Math.min(40, Number(maxLength))))
      .toWellFormed();
  }
}

const WRONG: readonly unknown[] = [
  null,
  true,
  -1,
  101,
  1.5,
  1e21,
  "",
  "  ",
  "x".repeat(600),
  "not-a-uuid",
  "2026-02-30",
  "nobody@",
  [],
  {},
  [{}],
  { ref: 7 },
];

/** Breaks a JSON object somewhere: a wrong value, a name that is unknown, or one that is missing. */
export function broken(maker: ValueMaker, body: unknown): unknown {
  const copy = structuredClone(body);
  const places = [...containers(copy)];
  const place = maker.one(places);
  const names = Object.keys(place);
  const name = names.length > 0 ? maker.one(names) : "nothing";
  const way = maker.random();
  if (way < 0.2) Object.assign(place, { [`${name}_x`]: 1 });
  else if (way < 0.35 && !Array.isArray(place)) delete place[name];
  else Object.assign(place, { [name]: maker.one(WRONG) });
  return copy;
}

function* containers(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return;
  yield value as Record<string, unknown>;
  for (const inner of Object.values(value)) yield* containers(inner);
}
