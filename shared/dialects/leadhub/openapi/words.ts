import * as z from "zod";
import type { Schema } from "../../../openapi/schemas.ts";
import type { Words } from "../../../openapi/records/words.ts";
import { errorResponses } from "./errors.ts";
import { ANSWER_EXAMPLES, BODY_EXAMPLES } from "./examples.ts";
import { HEADERS } from "./headers.ts";

/** What the contract of this API says. */
export const WORDS: Words = {
  security: (scope) => [{ apiKey: [scope] }, { userToken: [scope] }],
  headers: HEADERS,
  errors: errorResponses,
  parameters: {
    page: "The page of the list, from 1.",
    per_page: "Records on a page.",
    sort: "The field to sort by.",
    direction: "Ascending or descending.",
    search:
      "Words that must all occur in the text that is searched; one of one or two letters, at the " +
      "beginning of a word.",
  },
  pathParameter,
  // Of an answer that is one record.
  answerExample(schema) {
    const data: unknown = schema instanceof z.ZodObject ? schema.shape.data : undefined;
    const name = data instanceof z.ZodType ? z.globalRegistry.get(data)?.id : undefined;
    const example = name === undefined ? undefined : ANSWER_EXAMPLES[name];
    return example === undefined ? undefined : { data: example };
  },
  bodyExamples: BODY_EXAMPLES,
  // `/leadhub/api/v1/leads/:id/tags` is about leads.
  group: 4,
  groups: { Health: "Whether the API is there." },
};

// Records are named by their numbers, tags of a lead by what they are called.
function pathParameter(name: string, of: string): Schema {
  const record = of.replace(/s$/, "");
  const isNumber = /(^|_)id$/.test(name);
  return {
    name,
    in: "path",
    required: true,
    description: isNumber ? `The number of the ${record}.` : `The name of the ${record}.`,
    schema: isNumber ? { type: "integer", minimum: 1 } : { type: "string", minLength: 1 },
    example: isNumber ? 1842 : "hot-lead",
  };
}
