import { createHash, randomUUID } from "node:crypto";
import { type Answered, lastingStandIn, type Seen } from "./lasting-stand-in.ts";
import { GMAIL_TOKEN } from "./lasting-gmail.ts";

type Vendor = "google" | "microsoft";

/** What somebody allowed, until its code is exchanged. */
interface Allowed {
  redirectUri: string;
  challenge: string;
  scopes: string[];
}

const CLIENT = { id: "lumenbase-client", secret: "lumenbase-client-secret" };
const OF_GOOGLE = "https://www.googleapis.com/auth/";
const SCOPES: Record<Vendor, RegExp> = {
  google: /^https:\/\/www\.googleapis\.com\/auth\/(gmail\.send|gmail\.readonly|calendar\.events)$/,
  microsoft:
    /^(offline_access|User\.Read|(Mail|Calendars)\.ReadWrite|Mail\.Send|(Team|Channel)\.ReadBasic\.All)$/,
};
/** Codes at which the service fails. */
const FAULTS: Record<string, Answered> = {
  "code-of-a-broken-service": { status: 500, body: "Internal Error" },
  "code-of-another-client": { status: 401, body: { error: "invalid_client" } },
};

const codes = new Map<string, Allowed>();
const refreshTokens = new Map<string, string[]>();

/**
 * Pages of Google and Microsoft at which people consent, and their token endpoints (RFC 6749, sections 4.1 and 6; RFC
 * 7636), for the whole run.
 */
export async function lastingConsents() {
  const { url, stop } = await lastingStandIn((request) => {
    const [, path = "", what] = /^\/(google|microsoft\/common)\/(authorize|token)$/
      .exec(request.path) ?? [];
    const vendor = path.split("/")[0] as Vendor;
    if (what === undefined) return { status: 404, body: "Not Found" };
    return what === "authorize" ? consentPage(vendor, request) : tokens(vendor, request);
  });
  return {
    environment: {
      GOOGLE_AUTHORIZATION_URL: `${url}/google/authorize`,
      GOOGLE_TOKEN_URL: `${url}/google/token`,
      GOOGLE_CLIENT_ID: CLIENT.id,
      GOOGLE_CLIENT_SECRET: CLIENT.secret,
      MICROSOFT_AUTHORIZATION_URL: `${url}/microsoft/{tenant}/authorize`,
      MICROSOFT_TOKEN_URL: `${url}/microsoft/{tenant}/token`,
      MICROSOFT_CLIENT_ID: CLIENT.id,
      MICROSOFT_CLIENT_SECRET: CLIENT.secret,
    },
    stop,
  };
}

function consentPage(vendor: Vendor, { method, query }: Seen): Answered {
  const given = (name: string) => query.get(name) ?? "";
  const scopes = given("scope").split(" ");
  const isAsked = method === "GET" && given("response_type") === "code" &&
    given("client_id") === CLIENT.id && /^https?:\/\/[^#]+$/.test(given("redirect_uri")) &&
    /^[\w-]{43}$/.test(given("code_challenge")) && given("code_challenge_method") === "S256" &&
    given("state") !== "" && scopes.every((scope) => SCOPES[vendor].test(scope));
  if (!isAsked) return { status: 400, body: `Error 400: invalid_request\n${query}` };
  // Google's refresh tokens come with these alone.
  const isOffline = vendor === "microsoft" ||
    given("access_type") === "offline" && given("prompt").split(" ").includes("consent");
  const asked = { redirectUri: given("redirect_uri"), challenge: given("code_challenge") };
  const back = (answer: Record<string, string>) => {
    const to = new URL(asked.redirectUri);
    for (const [name, value] of Object.entries({ ...answer, state: given("state") })) {
      to.searchParams.set(name, value);
    }
    return to.href.replaceAll("&", "&amp;");
  };
  const codeFor = (some: string[]) => {
    const code = `4/${randomUUID()}`;
    codes.set(code, { ...asked, scopes: isOffline ? some : some.concat("online") });
    return code;
  };
  const links = {
    "Allow": back({ code: codeFor(scopes), scope: scopes.join(" ") }),
    "Allow nothing": back({ code: codeFor([]) }),
    "Cancel": back({ error: "access_denied", error_description: "The user said <b>no</b>." }),
  };
  const shown = Object.entries(links).map(([text, to]) => `<p><a href="${to}">${text}</a></p>`);
  const body = `<!doctype html><title>Consent</title><h1>Consent</h1>${shown.join("")}`;
  return { status: 200, body, headers: { "content-type": "text/html" } };
}

function tokens(vendor: Vendor, { method, headers, body }: Seen): Answered {
  const given = new URLSearchParams(body.toString());
  if (method !== "POST" || headers["content-type"] !== "application/x-www-form-urlencoded") {
    return { status: 400, body: { error: "invalid_request" } };
  }
  if (given.get("client_id") !== CLIENT.id || given.get("client_secret") !== CLIENT.secret) {
    return { status: 401, body: { error: "invalid_client", error_description: "Unauthorized" } };
  }
  const isCode = given.get("grant_type") === "authorization_code";
  return isCode ? byCode(vendor, given) : byRefreshToken(vendor, given);
}

function byCode(vendor: Vendor, given: URLSearchParams): Answered {
  const code = given.get("code") ?? "";
  const fault = FAULTS[code];
  if (fault !== undefined) return fault;
  const allowed = codes.get(code);
  codes.delete(code);
  const made = createHash("sha256").update(given.get("code_verifier") ?? "").digest("base64url");
  if (allowed === undefined || allowed.challenge !== made) return invalidGrant();
  if (allowed.redirectUri !== given.get("redirect_uri")) {
    return vendor === "google"
      ? { status: 400, body: { error: "redirect_uri_mismatch" } }
      : invalidGrant();
  }
  const scopes = allowed.scopes.filter((scope) => scope !== "online");
  const isOffline = scopes.length === allowed.scopes.length &&
    (vendor === "google" || scopes.includes("offline_access"));
  const refresh_token = `refresh-${randomUUID()}`;
  if (isOffline) refreshTokens.set(refresh_token, scopes);
  return granted(vendor, scopes, isOffline ? { refresh_token } : {});
}

function byRefreshToken(vendor: Vendor, given: URLSearchParams): Answered {
  const scopes = refreshTokens.get(given.get("refresh_token") ?? "");
  return scopes === undefined ? invalidGrant() : granted(vendor, scopes, {});
}

/** A token that the stand-ins of the services take. */
function granted(vendor: Vendor, scopes: readonly string[], more: object): Answered {
  const isMail = scopes.includes(`${OF_GOOGLE}gmail.send`);
  const access_token = isMail ? GMAIL_TOKEN : `${vendor}-plain-${randomUUID()}`;
  const scope = scopes.filter((one) => one !== "offline_access").join(" ");
  const body = { token_type: "Bearer", access_token, expires_in: 3599, scope, ...more };
  return { status: 200, body };
}

function invalidGrant(): Answered {
  return { status: 400, body: { error: "invalid_grant", error_description: "Bad Request" } };
}
