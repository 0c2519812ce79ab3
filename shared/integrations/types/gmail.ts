import { integrationType, required, secret } from "../type.ts";
import { line, secretText, SENDER } from "../values.ts";

/** Mail through an account at Gmail (OAuth 2.0, RFC 6749, section 6). */
export const gmail = integrationType({
  type: "gmail",
  name: "Gmail",
  description: "Mail through an account at Gmail or Google Workspace, by an OAuth client.",
  category: "email",
  settings: {
    client_id: required(() => line()),
    client_secret: secret(required(secretText)),
    refresh_token: secret(required(secretText)),
    ...SENDER,
  },
});
