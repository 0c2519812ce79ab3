import type { Call } from "../../http/call.ts";
import { RecordNotFound } from "../../refusals/errors.ts";

/** The number in the path of a request. Throws RecordNotFound for what is no whole number. */
export function pathNumber({ params }: Pick<Call, "params">, name: string, record: string): number {
  const text = params[name] ?? "";
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new RecordNotFound(record, text.slice(0, 100));
}
