import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";

/** The query of an operation that takes no parameters. */
export const noParameters = lazy(() => z.strictObject({}));
