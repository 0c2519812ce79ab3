import * as z from "zod";
import { isPassword, PASSWORD_LENGTH } from "../../auth/password.ts";
import { lazy } from "../../memory/lazy.ts";

/** A password that can be given to somebody. */
export const newPassword = lazy(() => {
  const { least, most } = PASSWORD_LENGTH;
  return z.string().refine(isPassword, `Must have ${least} to ${most} characters`)
    .meta({ writeOnly: true, format: "password", minLength: least, maxLength: most });
});
