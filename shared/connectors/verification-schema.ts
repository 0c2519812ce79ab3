import * as z from "zod";
import { notOneOf } from "../refusals/validation.ts";

// Of one connection (RFC 9110, section 7.6.1), or with a meaning that leaves no room for a proof.
const NO_PROOF = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "cookie",
  "host",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "x-connector",
]);

const headerName = z.string().max(128, "Must have at most 128 characters").regex(
  /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/,
  "Must be the name of a header, such as X-Signature",
).refine(
  (name) => !NO_PROOF.has(name.toLowerCase()),
  "Must be a header that can carry a proof, such as X-Signature; this one has another meaning",
).meta({ examples: ["X-Signature"] });

const signingTime = z.strictObject({
  header: headerName,
  unit: z.enum(["s", "ms"], "Must be s (seconds) or ms (milliseconds)"),
  tolerance_seconds: z.int("Must be a whole number from 1 to 86400")
    .min(1, "Must be from 1 to 86400").max(86_400, "Must be from 1 to 86400"),
});

const SIGNED_HINT = "such as {timestamp}:{body}";

const template = z.string().max(200, "Must have at most 200 characters").refine(
  (given) => !/[{}]/.test(given.replace(/\{(?:body|method|url|timestamp)\}/g, "")),
  `Must have no braces but {body}, {method}, {url} and {timestamp}, ${SIGNED_HINT}`,
).refine((given) => given.includes("{body}"), `Must contain {body}, ${SIGNED_HINT}`)
  .meta({ examples: ["{body}", "{timestamp}:{body}"] });

const signature = z.strictObject({
  type: z.literal("signature"),
  header: headerName,
  algorithm: z.enum(["sha256"], "Must be sha256").default("sha256"),
  encoding: z.enum(["hex", "base64"], "Must be hex or base64"),
  prefix: z.string().max(64, "Must have at most 64 characters").regex(
    /^(?! )[\x20-\x7e]*$/,
    "Must be text as a header begins with it, such as sha256=",
  ).meta({ examples: ["sha256="] }).default(""),
  signed: template.default("{body}"),
  timestamp: signingTime.nullable().default(null),
}).refine(({ signed, timestamp }) => timestamp !== null || !signed.includes("{timestamp}"), {
  path: ["timestamp"],
  message: "Is required, as {timestamp} is signed",
}).refine(({ signed, timestamp }) => timestamp === null || signed.includes("{timestamp}"), {
  path: ["signed"],
  message: `Must contain {timestamp}, ${SIGNED_HINT}; a time that is not signed proves nothing`,
});

const TYPES = ["none", "signature", "header", "basic", "body"];

/** How the sender of a connector's deliveries proves itself. */
export const verificationSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("none") }),
  signature,
  z.strictObject({ type: z.literal("header"), header: headerName }),
  z.strictObject({ type: z.literal("basic") }),
  z.strictObject({
    type: z.literal("body"),
    field: z.string().min(1, "Must not be empty").max(100, "Must have at most 100 characters"),
  }),
], {
  error: (issue) => issue.code === "invalid_union" ? unknownType(issue.input) : undefined,
});

export type Verification = z.output<typeof verificationSchema>;

function unknownType(given: unknown): string {
  const type = typeof given === "object" && given !== null && "type" in given ? given.type : "";
  return notOneOf(type, TYPES);
}
