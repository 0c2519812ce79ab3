import { inject } from "vitest";

/** A database of a file's tests, and functions that work on it. */
interface Place {
  adminUrl: string;
  apiUrl: string;
  gatewayUrl?: string;
}

let place: Place | undefined;

/** Where the tests of this file work: the shared test database, unless they have one of their own. */
export function databaseUrl(role: "adminUrl" | "apiUrl"): string {
  return place?.[role] ?? inject(role);
}

/** Where the functions of these tests are. */
export function gatewayUrl(): string {
  return place?.gatewayUrl ?? inject("gatewayUrl");
}

/** Lets them work elsewhere. */
export function workAt(another: Place | undefined): void {
  place = another;
}
