import type * as z from "zod";
import type { Operation } from "../../http/operation.ts";
import type { Kind } from "../../refusals/refusal.ts";
import type { LeadHubCaller } from "./caller.ts";

/** What an operation takes and answers, with the very schemas that validate: for OpenAPI. */
export interface Contract {
  /** The operation's id, such as `listLeads`. */
  id: string;
  summary: string;
  /** Query parameters. */
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Set when the body may come as the form of a web page sends it. */
  forms?: true;
  /** Set when the token of a public form does in place of a key. */
  orToken?: true;
  /** The schema of each successful answer by its status; null for one without a body. */
  answers: Readonly<Record<number, z.ZodType | null>>;
  /** What it may be refused with, beside what every operation may. */
  refusals?: readonly Kind[];
}

/** An operation of this API. */
export type LeadHubOperation = Operation<LeadHubCaller, Contract>;
