import type * as z from "zod";
import type { Operation } from "../../../http/operation.ts";
import type { LumenbaseCaller } from "../caller.ts";

/** What an operation takes and answers that is about who signed in, and so about no records. */
export interface SessionContract {
  action: "signIn" | "signOut" | "session";
  summary: string;
  text: string;
  body?: z.ZodObject;
  /** `data` of the answer. */
  answer: z.ZodType;
}

/** An operation about who signed in. */
export type SessionOperation = Operation<LumenbaseCaller, SessionContract>;
