import { integrationType, may, required, secret } from "../type.ts";
import { line, secretText, SENDER } from "../values.ts";

/** Mail through an account at Microsoft 365 (OAuth 2.0, RFC 6749, section 6). */
export const microsoft = integrationType({
  type: "microsoft",
  name: "Microsoft 365",
  description: "Mail through an account at Microsoft 365 or Outlook, by an OAuth client.",
  category: "email",
  settings: {
    client_id: required(() => line()),
    client_secret: secret(required(secretText)),
    refresh_token: secret(required(secretText)),
    tenant: may(() => line(), "common"),
    ...SENDER,
  },
});
