import { integrationType, may, required, secret } from "../type.ts";
import { host, secretText, SENDER, word } from "../values.ts";

/** Mail through Mailgun. */
export const mailgun = integrationType({
  type: "mailgun",
  name: "Mailgun",
  description: "Mail through a domain at Mailgun.",
  category: "email",
  settings: {
    domain: required(() => host().meta({ examples: ["mg.example.com"] })),
    api_key: secret(required(secretText)),
    region: may(word("us", "eu"), "us"),
    ...SENDER,
  },
});
