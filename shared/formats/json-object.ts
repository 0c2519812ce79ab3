import { isLosslessNumber } from "lossless-json";
import * as z from "zod";

/** A JSON object of any content, kept whole: z.record would silently drop a key `__proto__`. */
export const jsonObject = z.custom<Record<string, unknown>>(
  (given) =>
    typeof given === "object" && given !== null && !Array.isArray(given) &&
    !isLosslessNumber(given),
  "Must be an object",
).meta({ type: "object" });
