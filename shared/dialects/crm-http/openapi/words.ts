import * as z from "zod";
import type { Schema } from "../../../openapi/schemas.ts";
import type { Words } from "../../../openapi/records/words.ts";
import { ENTITY } from "../entity.ts";
import { errorResponses } from "./errors.ts";
import { ANSWER_EXAMPLES, BODY_EXAMPLES } from "./examples.ts";
import { HEADERS } from "./headers.ts";

const EXAMPLE_ID = "497f6eca-6276-4993-bfeb-53cbbbba6f08";
const UUID: Schema = { type: "string", format: "uuid" };

/** What the contract of this API says. */
export const WORDS: Words = {
  headers: HEADERS,
  errors: errorResponses,
  parameters: {
    page: "The page of the list, from 1.",
    pageSize: "Records on a page.",
    search: "Words that must all occur in the text that is searched.",
  },
  pathParameter: (name, of) => ({
    name,
    in: "path",
    required: true,
    description: `The id of the ${singular(of)}.`,
    schema: UUID,
    example: EXAMPLE_ID,
  }),
  everywhere: {
    [ENTITY]: {
      name: ENTITY,
      in: "query",
      required: false,
      description: "The id of the key's workspace; a body may have it instead.",
      schema: UUID,
    },
  },
  answerExample(schema) {
    const name = z.globalRegistry.get(schema)?.id;
    return name === undefined ? undefined : ANSWER_EXAMPLES[name];
  },
  bodyExamples: BODY_EXAMPLES,
  group: 4,
  groups: {},
};

function singular(of: string): string {
  return of.replaceAll("-", " ").replace(/ies$/, "y").replace(/s$/, "");
}
