import * as z from "zod";
import { email } from "../../../crm/values/fields.ts";
import { lazy } from "../../../memory/lazy.ts";

const text = () =>
  z.string().min(1, "Must not be empty").max(1_000, "Must have at most 1000 characters");

const fields = () =>
  z.strictObject({
    token: text().optional().meta({
      description: "Of a link that signs in once; then nothing else is given.",
      writeOnly: true,
    }),
    email: email().optional(),
    password: text().optional().meta({ writeOnly: true }),
    workspace: text().optional().meta({
      description: "The slug of one of the user's workspaces; the oldest one unless given.",
    }),
  });

/** What somebody signs in with: the token of a link, or an email and its password. */
export const credentials = lazy(() =>
  fields().superRefine((given, issues) => {
    for (const [field, message] of wrongTogether(given)) {
      issues.addIssue({ code: "custom", path: [field], message });
    }
  })
);

export type Credentials = z.output<ReturnType<typeof credentials>>;

function wrongTogether({ token, ...others }: z.output<ReturnType<typeof fields>>) {
  if (token !== undefined) {
    return Object.entries(others).filter(([, value]) => value !== undefined)
      .map(([field]) => [field, "Must be absent with a token."] as const);
  }
  const { email: address, password } = others;
  if (address === undefined && password === undefined) {
    return [["token", "Is required, or email and password instead."] as const];
  }
  return Object.entries({ email: address, password }).filter(([, value]) => value === undefined)
    .map(([field]) => [field, "Is required, or token instead."] as const);
}
