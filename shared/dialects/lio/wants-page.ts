import type { Call } from "../../http/call.ts";

/** Whether a page is asked for, as browsers do. */
export function wantsPage({ request }: Pick<Call, "request">): boolean {
  return /\btext\/html\b/i.test(request.headers.get("accept") ?? "");
}
