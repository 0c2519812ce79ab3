import * as z from "zod";
import { lazy } from "../memory/lazy.ts";

/** A record that an automation names by its number. */
export interface Link {
  /** Where, such as `actions[0].stage_id`. */
  field: string;
  /** Its kind, for messages. */
  record: string;
  table: "forms" | "integrations" | "pipelines" | "stages" | "users";
  number: number;
  /** What types an integration may be of. */
  types?: readonly string[];
}

/** The number of a record. */
export const recordNumber = lazy(() => z.int("Must be a whole number"));
