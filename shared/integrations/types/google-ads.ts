import { integrationType, required, secret } from "../type.ts";
import { secretText } from "../values.ts";

/** Lead forms of Google Ads. */
export const googleAds = integrationType({
  type: "google_ads",
  name: "Google Ads",
  description:
    "Leads of lead forms of Google Ads: in the form's lead delivery, give webhook_url as the " +
    "webhook URL and google_key as the key.",
  category: "leads",
  settings: { google_key: secret(required(secretText)) },
  leads: ({ google_key }) => ({ preset: "google_ads", secrets: { secret: String(google_key) } }),
});
