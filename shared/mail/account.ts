import type { OpenIntegration } from "../integrations/open-integration.ts";
import type { Account } from "../providers/mail/send.ts";

type Settings = OpenIntegration["settings"];

/** The account that an integration of category email describes. Throws an Error for another one. */
export function accountOf({ type, settings }: OpenIntegration): Account {
  const make = ACCOUNTS[type];
  if (make === undefined) throw new Error(`No mail goes through an integration of type ${type}.`);
  return make(settings);
}

const ACCOUNTS: Partial<Record<OpenIntegration["type"], (settings: Settings) => Account>> = {
  smtp: (settings) => ({
    type: "smtp",
    host: text(settings, "host"),
    port: Number(settings.port),
    security: settings.security as "tls" | "starttls" | "none",
    username: optional(settings, "username"),
    password: optional(settings, "password"),
  }),
  mailgun: (settings) => ({
    type: "mailgun",
    domain: text(settings, "domain"),
    apiKey: text(settings, "api_key"),
    region: settings.region as "us" | "eu",
  }),
  gmail: (settings) => ({ type: "gmail", ...client(settings) }),
  microsoft: (settings) => ({
    type: "microsoft",
    tenant: text(settings, "tenant"),
    ...client(settings),
  }),
};

function client(settings: Settings) {
  return {
    clientId: text(settings, "client_id"),
    clientSecret: text(settings, "client_secret"),
    refreshToken: text(settings, "refresh_token"),
  };
}

function text(settings: Settings, name: string): string {
  return optional(settings, name) ?? "";
}

function optional(settings: Settings, name: string): string | null {
  const value = settings[name];
  return typeof value === "string" ? value : null;
}
