import type * as z from "zod";
import type { Kind } from "../refusals/refusal.ts";

/** What an operation takes and answers, with the very schemas that validate: for OpenAPI. */
export interface Contract {
  /** The operation's id, such as `listLeads`. */
  id: string;
  summary: string;
  /** Query parameters. */
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Set when the body may come as the form of a web page sends it; `multipart` when as one with files. */
  forms?: true | "multipart";
  /** What a form with a file has, where JSON may be sent as well and has other fields. */
  form?: { schema: z.ZodType; limit: number };
  /** Set when the token of a public form does in place of a key. */
  orToken?: true;
  /** The schema of each successful answer by its status; null for one without a body. */
  answers: Readonly<Record<number, z.ZodType | null>>;
  /** What it may be refused with, beside what every operation may. */
  refusals?: readonly Kind[];
}
