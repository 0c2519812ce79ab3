import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";

/** A number from 0 to 100. */
export const percentage = lazy(() =>
  z.number().min(0, "Must be from 0 to 100")
    .max(100, "Must be from 0 to 100")
);
