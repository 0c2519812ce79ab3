import type * as z from "zod";
import type { Operation } from "../../../http/operation.ts";
import type { LumenbaseCaller } from "../caller.ts";

/** What an operation takes and answers that is for users who signed in, and not for keys. */
export interface SessionContract {
  action: "signIn" | "signOut" | "session" | "consents" | "connect";
  summary: string;
  text: string;
  body?: z.ZodObject;
  /** `data` of the answer. */
  answer: z.ZodType;
}

/** An operation for users who signed in. */
export type SessionOperation = Operation<LumenbaseCaller, SessionContract>;
