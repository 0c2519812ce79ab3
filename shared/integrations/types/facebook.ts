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
  leads: ({ app_secret, verify_token, access_token, page_id }) => ({
    preset: "meta_lead_ads",
    secrets: {
      secret: String(app_secret),
      verify_token: String(verify_token),
      access_token: String(access_token),
    },
    ...(page_id === null ? {} : { skip: skipOtherPages(String(page_id)) }),
  }),
});

function skipOtherPages(page: string): string {
  return 'field != "leadgen" ? "Not a lead: " & field ' +
    `: $string(page_id) != ${JSON.stringify(page)} ? "Of another page: " & page_id`;
}
