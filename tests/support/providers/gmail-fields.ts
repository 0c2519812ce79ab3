/** A field mask: names, each with the fields below it, or null for all. */
type Mask = Map<string, Mask | null>;

/** What of an answer the parameter `fields` asks for (Google APIs: partial response). */
export function partial(whole: unknown, fields: string | null): unknown {
  if (fields === null) return whole;
  return only(whole, new Reader(fields).mask());
}

function only(value: unknown, mask: Mask): unknown {
  if (Array.isArray(value)) return value.map((one) => only(one, mask));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([name]) => mask.has(name)).map(([name, inner]) => {
      const below = mask.get(name) ?? null;
      return [name, below === null ? inner : only(inner, below)];
    }),
  );
}

class Reader {
  #at = 0;

  constructor(readonly text: string) {}

  mask(): Mask {
    const mask: Mask = new Map();
    for (;;) {
      const found = /[A-Za-z]+/y;
      found.lastIndex = this.#at;
      const [name] = found.exec(this.text) ?? [];
      if (name === undefined) throw new Error(`fields: ${this.text.slice(this.#at)}`);
      this.#at += name.length;
      mask.set(name, this.#took("(") ? this.mask() : null);
      if (this.#took(",")) continue;
      this.#took(")");
      return mask;
    }
  }

  #took(character: string): boolean {
    const isThere = this.text[this.#at] === character;
    if (isThere) this.#at++;
    return isThere;
  }
}
