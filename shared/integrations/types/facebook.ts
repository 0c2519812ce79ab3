import { integrationType, may, required, secret } from "../type.ts";
import { line, secretText } from "../values.ts";

/** Lead ads of Facebook and Instagram. */
export const facebook = integrationType({
  type: "facebook",
  name: "Facebook Lead Ads",
  description:
    "Leads of lead ads on Facebook and Instagram: give the app webhook_url as its callback " +
    "URL, verify_token as the verify token, and subscribe it to leadgen of the page.",
  category: "leads",
  settings: {
    app_secret: secret(required(secretText)),
    verify_token: secret(required(secretText)),
    access_token: secret(required(secretText)),
    page_id: may(() => line(64)),
  },
});
