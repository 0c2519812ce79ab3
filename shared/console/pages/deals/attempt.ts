const BYTES = 16;

/** The idempotency keys of a form: sent again as it is, it does nothing twice. */
export class Attempt {
  #body = "";
  #key = "";

  /** The key of a request with this body. */
  keyOf(fields: object): string {
    const body = JSON.stringify(fields);
    if (body !== this.#body) [this.#body, this.#key] = [body, newKey()];
    return this.#key;
  }
}

// crypto.randomUUID is there only where a page comes from HTTPS or this computer.
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
