import * as z from "zod";
import type { Access } from "../outgoing/service.ts";
import type { Failed } from "./mail.ts";
import { calledAccount } from "./try-account.ts";
import type { Surroundings } from "./send.ts";

const profile = z.looseObject({ emailAddress: z.string() });
const person = z.looseObject({
  mail: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
});

/** The address of the mailbox that an access is to, as its provider tells it; null when it tells none. */
export async function ownAddress(
  type: "gmail" | "outlook",
  access: Access,
  env: Surroundings["env"],
  signal: AbortSignal,
): Promise<string | null | Failed> {
  const called = await calledAccount({ type, access }, env, signal);
  if ("failed" in called) return called.failed;
  const { body } = called.answer;
  if (type === "gmail") return profile.safeParse(body).data?.emailAddress ?? null;
  const { mail, userPrincipalName } = person.safeParse(body).data ?? {};
  return mail ?? userPrincipalName ?? null;
}
