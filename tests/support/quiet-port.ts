import { randomInt } from "node:crypto";
import { portProblem } from "../../supabase/local/child-process.ts";

/** A free port that stays so until it is listened on: below those that whoever asks for any one is given. */
export async function quietPort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await portProblem(port) === null) return port;
  }
}
