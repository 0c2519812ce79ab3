import { baseUrl } from "../providers/outgoing/service.ts";
import type { App, Mailer } from "./account.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Who asks for consent, and whose page asks for it. */
export type Vendor = "google" | "microsoft";

/** This server as an app that was registered with a provider. */
export interface Client {
  vendor: Vendor;
  clientId: string;
  clientSecret: string;
  /** Microsoft's: whose accounts the app is for. */
  tenant: string;
  /** The page at which people consent. */
  authorizationUrl: string;
}

const VENDORS: Partial<Record<App | Mailer, Vendor>> = {
  gmail: "google",
  google: "google",
  outlook: "microsoft",
  microsoft: "microsoft",
};
const GOOGLE = "https://accounts.google.com/o/oauth2/v2/auth";
const MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize";

/** The app that this server is at a provider; null where it is none. */
export function clientOf(provider: App | Mailer, env: Environment): Client | null {
  const vendor = VENDORS[provider];
  if (vendor === undefined) return null;
  const [clientId, clientSecret] = vendor === "google"
    ? [env.GOOGLE_CLIENT_ID, env.GOOGLE_CLIENT_SECRET]
    : [env.MICROSOFT_CLIENT_ID, env.MICROSOFT_CLIENT_SECRET];
  if (!clientId || !clientSecret) return null;
  const tenant = env.MICROSOFT_TENANT || "common";
  const authorizationUrl = vendor === "google"
    ? baseUrl(env.GOOGLE_AUTHORIZATION_URL, GOOGLE)
    : baseUrl(env.MICROSOFT_AUTHORIZATION_URL, MICROSOFT)
      .replace("{tenant}", encodeURIComponent(tenant));
  return { vendor, clientId, clientSecret, tenant, authorizationUrl };
}

/** The variables that say which app this server is at a provider. */
export function clientVariables(provider: App | Mailer): string {
  const name = VENDORS[provider]?.toUpperCase();
  return `${name}_CLIENT_ID and ${name}_CLIENT_SECRET`;
}
