import type { Json } from "./api-client.ts";

/** What a secret that is set is answered as. */
export const MASKED = "********";
const SENDER = { from_email: "sales@example.com", from_name: null, daily_limit: null };
const OAUTH = { client_id: "client", client_secret: "s3cret", refresh_token: "r3fresh" };

/** What each type must be given, and what it is then answered as. */
export const TYPES: Record<string, { name: string; given: Json; answered: Json }> = {
  facebook: {
    name: "Facebook Lead Ads",
    given: { app_secret: "s3cret", verify_token: "v3rify", access_token: "a3ccess" },
    answered: { app_secret: MASKED, verify_token: MASKED, access_token: MASKED, page_id: null },
  },
  google_ads: {
    name: "Google Ads",
    given: { google_key: "s3cret" },
    answered: { google_key: MASKED },
  },
  smtp: {
    name: "SMTP",
    given: { host: "smtp.example.com", port: 465, from_email: "Sales@example.com" },
    answered: {
      host: "smtp.example.com",
      port: 465,
      security: "starttls",
      username: null,
      password: null,
      ...SENDER,
    },
  },
  mailgun: {
    name: "Mailgun",
    given: { domain: "mg.example.com", api_key: "s3cret", from_email: "sales@example.com" },
    answered: { domain: "mg.example.com", api_key: MASKED, region: "us", ...SENDER },
  },
  gmail: {
    name: "Gmail",
    given: { ...OAUTH, from_email: "sales@example.com" },
    answered: { client_id: "client", client_secret: MASKED, refresh_token: MASKED, ...SENDER },
  },
  microsoft: {
    name: "Microsoft 365",
    given: { ...OAUTH, from_email: "sales@example.com" },
    answered: {
      client_id: "client",
      client_secret: MASKED,
      refresh_token: MASKED,
      tenant: "common",
      ...SENDER,
    },
  },
};
