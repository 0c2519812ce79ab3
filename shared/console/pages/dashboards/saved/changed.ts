import { ApiError } from "../../../api-error.ts";

const CHANGED = "changed";

/** What is thrown where somebody else changed the same. */
export function changedSince(what: string): ApiError {
  return new ApiError(409, CHANGED, `Somebody changed ${what} meanwhile; nothing was saved.`);
}

/** Whether somebody else changed the same. */
export function isChangedSince(error: unknown): boolean {
  return error instanceof ApiError && error.code === CHANGED;
}

/** Whether two values are the same JSON, in whatever order their fields are. */
export function isSame(one: unknown, other: unknown): boolean {
  return textOf(one) === textOf(other);
}

function textOf(value: unknown): string {
  return JSON.stringify(
    value,
    (_, one: unknown) =>
      typeof one === "object" && one !== null && !Array.isArray(one)
        ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => a < b ? -1 : 1))
        : one,
  );
}
