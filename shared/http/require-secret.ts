import process from "node:process";
import { sameText } from "../auth/secret-token.ts";
import { Refusal } from "../refusals/refusal.ts";
import type { RouteSecret } from "./operation.ts";

/** What a secret of the deployment has to look like: a shorter one could be guessed. */
export const SECRET = /^\S{32,}$/;

/** Throws Refusal unless the request shows the route's secret, as `Authorization: Bearer <secret>`. */
export function requireSecret(
  { headers }: Request,
  { variable }: RouteSecret,
  env: Readonly<Record<string, string | undefined>> = process.env,
): void {
  const secret = env[variable] ?? "";
  if (!SECRET.test(secret)) {
    const how = secret === "" ? "is not set" : "is not 32 or more characters without blanks";
    throw new Refusal("unavailable", `${variable} ${how}, so nobody can be let in here.`);
  }
  const given = /^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (given === undefined) {
    throw new Refusal("unauthenticated", `No secret; send Authorization: Bearer <${variable}>.`, {
      challenge: "Bearer",
    });
  }
  if (sameText(given, secret)) return;
  throw new Refusal("unauthenticated", `Not the secret of ${variable}.`, {
    challenge: 'Bearer error="invalid_token"',
  });
}
