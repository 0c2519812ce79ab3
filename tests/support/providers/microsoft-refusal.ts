import type { Answered } from "./lasting-stand-in.ts";

/** An error as Microsoft Graph puts it. */
export function graphRefusal(status: number, code: string): Answered {
  const innerError = { date: "2026-03-28T09:15:00", "request-id": "0", "client-request-id": "0" };
  return { status, body: { error: { code, message: `Refused: ${code}.`, innerError } } };
}
