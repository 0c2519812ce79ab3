/** What a provider's page of consent came back with (RFC 6749, sections 4.1.2 and 4.1.2.1). */
export interface Arrival {
  state: string;
  code: string | null;
  error: string | null;
  /** Of the error, in the provider's words. */
  description: string | null;
}

const PAGE = "/connections/consent";

let arrival = taken();

/** The page that goes on with what this one came back with; null when that is nothing. */
export const arrivedAt = arrival === null ? null : PAGE;

/** What this page came back with, to whoever asks first. */
export function takeArrival(): Arrival | null {
  const one = arrival;
  arrival = null;
  return one;
}

// It is left in no address that is kept, and leads to the page that goes on with it.
function taken(): Arrival | null {
  const given = new URLSearchParams(location.search);
  const [state, code, error] = ["state", "code", "error"].map((name) => given.get(name) ?? null);
  if (!state || (!code && !error)) return null;
  history.replaceState(null, "", `${location.pathname}#${PAGE}`);
  const description = given.get("error_description");
  return { state, code: code ?? null, error: error ?? null, description };
}
