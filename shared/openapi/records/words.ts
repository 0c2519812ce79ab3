import type * as z from "zod";
import type { Kind } from "../../refusals/refusal.ts";
import type { Components } from "../document.ts";
import type { AnswerHeaders } from "../headers.ts";
import type { Schema } from "../schemas.ts";

/** What one API says in its contract, where operations describe themselves (Contract). */
export interface Words {
  headers: AnswerHeaders;
  /** The answers of these refusals, by status. */
  errors(components: Components, kinds: Iterable<Kind>): Record<string, Schema>;
  /** OpenAPI's Security Requirement Objects of a scope, any of which will do; a key's unless given. */
  security?(scope: string): Schema[];
  /**
   * What query parameters mean, by their names; those that may be left out are components, but for `sort`
   * and `order_by`.
   */
  parameters: Readonly<Record<string, string>>;
  /** A parameter of a path, by its name and what it is of: `leads`. */
  pathParameter(name: string, of: string): Schema;
  /** What every operation that needs a key takes in its query. */
  everywhere?: Readonly<Record<string, Schema>>;
  /** The example of an answer by its schema, if there is one. */
  answerExample(schema: z.ZodType): unknown;
  /** Bodies that work in any workspace, by the name of their schema less `Body`. */
  bodyExamples: Readonly<Record<string, unknown>>;
  /** The part of a path, counted from its end of the function's name, that names its group. */
  group: number;
  /** What groups are for, beside those that are the records of the workspace. */
  groups: Readonly<Record<string, string>>;
}
