import { useRef } from "preact/hooks";

/** A key for one write. Not `randomUUID`, which pages without TLS lack. */
export function newKey(): string {
  return Array.from(
    crypto.getRandomValues(new Uint8Array(16)),
    (byte) => byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** Gives a key for each body that is sent: the same to one that is sent again, so that it is done once. */
class OnceKey {
  #body = "";
  #key = "";

  /** The key of a request with this body. */
  readonly of = (body: unknown): string => {
    const text = JSON.stringify(body);
    if (text !== this.#body) [this.#body, this.#key] = [text, newKey()];
    return this.#key;
  };
}

/** The keys of a form, as {@link OnceKey} gives them. */
export function useOnceKey(): (body: unknown) => string {
  const keys = useRef<OnceKey | null>(null);
  keys.current ??= new OnceKey();
  return keys.current.of;
}
