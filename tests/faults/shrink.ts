import type { ContractRequest } from "../support/contract-requests.ts";

/** Whether a request still does what it was kept for. */
export type StillFails = (request: ContractRequest) => Promise<boolean>;

const MOST_TRIES = 300;

/** The smallest request found, by leaving parts out one by one, that still fails. */
export async function shrunk(
  request: ContractRequest,
  fails: StillFails,
): Promise<ContractRequest> {
  let smallest = request;
  let tries = 0;
  for (let progress = true; progress;) {
    progress = false;
    for (const smaller of smallerThan(smallest)) {
      if (++tries > MOST_TRIES) return smallest;
      if (!await fails(smaller)) continue;
      smallest = smaller;
      progress = true;
      break;
    }
  }
  return smallest;
}

function* smallerThan(request: ContractRequest): Generator<ContractRequest> {
  for (const name of Object.keys(request.headers)) {
    yield { ...request, headers: without(request.headers, name) };
  }
  const [path = "", query = ""] = request.path.split("?");
  for (const name of new URLSearchParams(query).keys()) {
    const left = new URLSearchParams(query);
    left.delete(name);
    yield { ...request, path: left.size > 0 ? `${path}?${left}` : path };
  }
  for (const body of smallerValues(request.body)) yield { ...request, body };
}

/** Every value that is the given one but for one part left out or made simpler. */
function* smallerValues(value: unknown): Generator<unknown> {
  if (typeof value === "string" && value.length > 1) {
    yield value.slice(0, value.length >> 1);
    yield value.slice(value.length >> 1);
  }
  if (Array.isArray(value)) {
    for (const i of value.keys()) yield value.toSpliced(i, 1);
    for (const [i, one] of value.entries()) {
      for (const smaller of smallerValues(one)) yield value.with(i, smaller);
    }
  } else if (typeof value === "object" && value !== null) {
    const given = value as Record<string, unknown>;
    for (const name of Object.keys(given)) yield without(given, name);
    for (const [name, one] of Object.entries(given)) {
      for (const smaller of smallerValues(one)) yield { ...given, [name]: smaller };
    }
  }
}

function without<T>(given: Record<string, T>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(given).filter(([one]) => one !== name));
}
