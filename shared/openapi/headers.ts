import { PUBLIC_CACHE } from "../http/public-document.ts";
import { REQUEST_ID } from "../http/request-id.ts";
import { ref, type Schema } from "./schemas.ts";

/** A header of answers. */
export interface Header {
  description: string;
  schema: Schema;
  /** Not on every answer that may have it. */
  sometimes?: true;
}

const BEFORE_THE_LIMITS = {
  "X-Request-Id": {
    description: "The request's id: the client's own when it is valid, else a new UUID.",
    schema: { type: "string", pattern: REQUEST_ID.source },
  },
};
const BEHIND_THE_LIMITS = {
  "X-Content-Type-Options": {
    description: "Keeps browsers from guessing another type.",
    schema: { type: "string", const: "nosniff" },
  },
  "Access-Control-Allow-Origin": {
    description: "Pages of every origin may read the answer.",
    schema: { type: "string", const: "*" },
  },
  "Access-Control-Expose-Headers": {
    description: "The headers that those pages can read.",
    schema: { type: "string" },
  },
};
const OTHERS = {
  "Cache-Control": {
    description: "Answers belong to the caller alone and are not to be kept.",
    schema: { type: "string", const: "no-store" },
  },
  "Idempotency-Replayed": {
    description: "Sent when this is the kept answer to an earlier request with the same key.",
    schema: { type: "string", const: "true" },
    sometimes: true,
  },
  "Retry-After": {
    description: "Seconds until a new try can succeed.",
    schema: { type: "integer", minimum: 1 },
  },
  "Allow": {
    description: "The methods that are supported here.",
    schema: { type: "string", pattern: "^[A-Z]+(, [A-Z]+)*$" },
  },
  "WWW-Authenticate": {
    description: "How to authenticate, and what was wrong with the key (RFC 6750).",
    schema: { type: "string", enum: ["Bearer", 'Bearer error="invalid_token"'] },
  },
  "ETag": {
    description: "Changes with the content; send it back as `If-None-Match`.",
    schema: { type: "string", pattern: '^(W/)?"[^"]+"$' },
  },
} satisfies Record<string, Header>;

/** A header that some answers have. */
export type OtherHeader = keyof typeof OTHERS;

/** The headers of an API's answers. */
export class AnswerHeaders {
  readonly #common: Readonly<Record<string, Header>>;
  readonly #others: Readonly<Record<OtherHeader, Header>>;

  /** Of the headers that tell of its limits, and of those that it uses in a way of its own. */
  constructor(limits: Record<string, Header>, own: Partial<Record<OtherHeader, Header>> = {}) {
    this.#common = { ...BEFORE_THE_LIMITS, ...limits, ...BEHIND_THE_LIMITS };
    this.#others = { ...OTHERS, ...own };
  }

  /** The headers of every answer that is its caller's alone, and those of these names. */
  of(...others: OtherHeader[]): Record<string, Schema> {
    const names = [...Object.keys(this.#common), "Cache-Control", ...others];
    return Object.fromEntries(names.map((name) => [name, ref("headers", name)]));
  }

  /** The headers that a page has besides. */
  ofPage(): Record<string, Schema> {
    return {
      "Content-Security-Policy": {
        description: "What the page may load: nothing but its own styles.",
        required: true,
        schema: { type: "string" },
      },
      "Referrer-Policy": {
        description: "Keeps the page's address, which may hold a key, from other sites.",
        required: true,
        schema: { type: "string", const: "no-referrer" },
      },
    };
  }

  /** The headers that a file has besides; an answer that is none in another media type lacks them. */
  ofFile(required: boolean): Record<string, Schema> {
    return {
      "Content-Disposition": {
        description: "That it is to be saved, and as what.",
        required,
        schema: { type: "string", pattern: "^attachment; " },
      },
    };
  }

  /** The headers of a public document. */
  ofDocument(): Record<string, Schema> {
    return {
      ...this.of("ETag"),
      "Cache-Control": {
        description: "Anybody may keep the document for this long.",
        required: true,
        schema: { type: "string", const: PUBLIC_CACHE },
      },
    };
  }

  /** The header components. */
  components(): Record<string, Schema> {
    return Object.fromEntries(
      Object.entries({ ...this.#common, ...this.#others })
        .map(([name, { description, schema, sometimes }]) => [
          name,
          { description, required: !sometimes, schema },
        ]),
    );
  }
}
