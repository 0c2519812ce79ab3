import type { Works } from "../../shared/jobs/run-due.ts";

/** What jobs do, by their kind: a module is loaded when the first job of its kind is run. */
export const works: Works = {};
