import { isLosslessNumber } from "lossless-json";
import * as z from "zod";
import type { Fields } from "../crm/plan.ts";

/** A JSON object of any content, kept whole: z.record would silently drop a key `__proto__`. */
export const jsonObject = z.custom<Fields>(
  (given) =>
    typeof given === "object" && given !== null && !Array.isArray(given) &&
    !isLosslessNumber(given),
  "Must be an object",
).meta({ type: "object" });
