import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import { askService, type ServiceRequest } from "../outgoing/ask-service.ts";
import { ProviderFailed } from "../outgoing/provider-failed.ts";
import { baseUrl, basic, type Service } from "../outgoing/service.ts";

const USUAL_URL = "https://api.twilio.com";

/** An account of Twilio; the paths of its REST API are below its address. */
export interface Twilio extends Service {
  accountSid: string;
  /** What it signs its own requests with. */
  authToken: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The account that is configured; null when a variable is missing. */
export function twilio(env: Environment): Twilio | null {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_API_URL } = env;
  if (!accountSid || !authToken) return null;
  const account = `/2010-04-01/Accounts/${encodeURIComponent(accountSid)}`;
  return {
    name: "Twilio",
    url: baseUrl(TWILIO_API_URL, USUAL_URL) + account,
    access: basic(accountSid, authToken),
    codeOf: (body) => failure().safeParse(body).data?.code.toString() ?? null,
    accountSid,
    authToken,
  };
}

const failure = lazy(() => z.looseObject({ code: z.int() }));

/** Asks Twilio and reads its answer. Throws ProviderFailed, also for an answer of another form. */
export async function asked<T extends z.ZodType>(
  service: Twilio,
  request: ServiceRequest,
  schema: T,
): Promise<z.output<T>> {
  const { status, body } = await askService(service, request);
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const failing = { status, code: null, mayHaveHappened: request.method !== "GET" };
  throw new ProviderFailed("Twilio answered in a form that is not its own.", failing);
}

/** A path with those of its parameters that are given. */
export function pathWith(
  path: string,
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]]
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
