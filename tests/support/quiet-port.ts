import { randomInt } from "node:crypto";
import { freePort } from "../../supabase/local/child-process.ts";

/** A free port that stays so until it is listened on: below those that whoever asks for any one is given. */
export async function quietPort(): Promise<number> {
  return await freePort(randomInt(20_000, 32_000));
}
