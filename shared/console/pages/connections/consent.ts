import { native } from "../../api.ts";
import { takeArrival } from "../../arrival.ts";
import { session } from "../../session.ts";

/** What can be connected by consent. */
export type ConsentProvider = "gmail" | "outlook" | "google" | "microsoft" | "teams";

/** What the user may connect so, as the native API answers it. */
export interface Consent {
  provider: ConsentProvider;
  authorization_url: string;
}

/** Whose page asks for consent. */
export const VENDORS: Readonly<Record<ConsentProvider, string>> = {
  gmail: "Google",
  outlook: "Microsoft",
  google: "Google",
  microsoft: "Microsoft",
  teams: "Microsoft",
};

/** What was asked, kept by the tab while it is at the provider's page. */
export interface Asked extends Consent {
  /** What is connected, in words. */
  name: string;
  from_name?: string;
  /** The page to come back to. */
  back: string;
  /** Whom it is connected for. */
  userId: string;
  state: string;
  code_verifier: string;
  redirect_uri: string;
}

/** A consent that came back, or why it is none. */
export type Returned = { asked: Asked; code: string } | { why: string; back: string };

const CONSENTS = "v1-public-connected-accounts/consents";
const KEY = "lumenbase.consent";

/** Reads what the user may connect by consent. */
export async function readConsents(signal: AbortSignal): Promise<readonly Consent[]> {
  // Without TLS nothing can be hashed here, and no provider comes back.
  if (!isSecureContext) return [];
  const { data } = await native.get<{ data: { items: readonly Consent[] } }>(CONSENTS, {}, signal);
  return data.items;
}

/** Leads to the provider's page, which comes back to this one (RFC 6749, section 4.1.1; RFC 7636). */
export async function askConsent(
  { provider, authorization_url }: Consent,
  about: Pick<Asked, "name" | "from_name" | "back">,
): Promise<void> {
  const [state, code_verifier] = [random(), random()];
  const redirect_uri = location.origin + location.pathname;
  const userId = session.value?.user.id ?? "";
  const made = { userId, state, code_verifier, redirect_uri };
  const asked: Asked = { ...about, provider, authorization_url, ...made };
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code_verifier));
  const page = new URL(authorization_url);
  const parameters = {
    redirect_uri,
    state,
    code_challenge: base64Url(new Uint8Array(hash)),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(parameters)) page.searchParams.set(name, value);
  sessionStorage.setItem(KEY, JSON.stringify(asked));
  location.assign(page);
}

/** What the provider's page came back with: once, and only to what was asked in this tab by the same user. */
export function takeReturned(): Returned {
  const arrival = takeArrival();
  const asked = arrival === null ? null : takeAsked();
  const back = asked?.back ?? "/connections";
  if (arrival === null) return { why: "Nothing waits to be connected here.", back };
  const isOwn = asked?.state === arrival.state && asked.userId === session.value?.user.id;
  if (asked === null || !isOwn) {
    return { why: "This answers nothing that you asked in this tab: nothing is connected.", back };
  }
  const { code, error, description } = arrival;
  if (code !== null && error === null) return { asked, code };
  if (error === "access_denied") {
    return {
      why: `You did not allow it at ${VENDORS[asked.provider]}: nothing is connected.`,
      back,
    };
  }
  const why = [error, description].filter(Boolean).join(": ");
  return { why: `${VENDORS[asked.provider]} refused. ${why}`, back };
}

/** Connects what was consented to; answers its address, where it has one. Throws ApiError. */
export async function connectConsented(
  { provider, from_name, code_verifier, redirect_uri }: Asked,
  code: string,
  idempotencyKey: string,
): Promise<string | null> {
  const body = { provider, code, code_verifier, redirect_uri, from_name };
  const { data } = await native.post<{ data: { from_address: string | null } }>(CONSENTS, body, {
    idempotencyKey,
  });
  return data.from_address;
}

function takeAsked(): Asked | null {
  const kept = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  return kept === null ? null : JSON.parse(kept) as Asked;
}

function random(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_")
    .replaceAll("=", "");
}
