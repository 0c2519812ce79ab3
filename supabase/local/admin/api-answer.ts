import * as z from "zod";
import { printable, Refusal, type RefusalCode } from "./refusal.ts";

const success = z.looseObject({
  success: z.literal(true),
  data: z.record(z.string(), z.unknown()),
});

const failure = z.looseObject({
  success: z.literal(false),
  error: z.looseObject({
    code: z.string(),
    message: z.string(),
    details: z.looseObject({
      fields: z.array(z.looseObject({ field: z.string(), message: z.string() })).optional(),
    }).optional(),
  }),
});

const CODES: Record<number, RefusalCode> = { 404: "not_found", 409: "conflict" };

/** Whether an answer is one of success. */
export function isSuccess(answer: unknown): answer is z.output<typeof success> {
  return success.safeParse(answer).success;
}

/** The API's error as a refusal: its message, and a line for each field that is wrong. */
export function explained(address: string, status: number, answer: unknown): Refusal {
  const read = failure.safeParse(answer);
  if (!read.success) return notLumenbase(address, status);
  const { error } = read.data;
  if (status === 401) return otherDatabase(address);
  const lines = (error.details?.fields ?? []).map(({ field, message }) => `  ${field}: ${message}`);
  const text = [`The API refused it (${error.code}): ${error.message}`, ...lines];
  return new Refusal(CODES[status] ?? "api", text.map(printable).join("\n"), error);
}

/** What to say when nobody answers. */
export function unreachable(address: string, error: unknown): Refusal {
  const { message, cause } = error as {
    message?: string;
    cause?: { code?: string; message?: string };
  };
  const reason = cause?.code ?? cause?.message ?? message;
  return new Refusal(
    "api",
    `The API at ${address} cannot be reached (${reason}): start the local stack ` +
      "with `npm start`, or set LUMENBASE_PUBLIC_URL to the address of the functions.",
  );
}

/** What to say when something else answers. */
export function notLumenbase(address: string, status: number): Refusal {
  return new Refusal(
    "api",
    `What answers at ${address} (HTTP ${status}) is not this API: set LUMENBASE_PUBLIC_URL to the ` +
      "address of the functions, which ends in /functions/v1.",
  );
}

function otherDatabase(address: string): Refusal {
  return new Refusal(
    "api",
    `The API at ${address} does not know a key that was just made, so it works on another ` +
      "database: set DATABASE_URL and LUMENBASE_PUBLIC_URL to those of one deployment.",
  );
}
