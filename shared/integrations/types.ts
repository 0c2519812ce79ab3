import type { IntegrationTypeName } from "../crm/integrations.ts";
import type { IntegrationType } from "./type.ts";
import { facebook } from "./types/facebook.ts";
import { gmail } from "./types/gmail.ts";
import { googleAds } from "./types/google-ads.ts";
import { mailgun } from "./types/mailgun.ts";
import { microsoft } from "./types/microsoft.ts";
import { smtp } from "./types/smtp.ts";
import { webhook } from "./types/webhook.ts";

/** Every type of integration, by its name. */
export const TYPES: Readonly<Record<IntegrationTypeName, IntegrationType>> = {
  facebook,
  google_ads: googleAds,
  smtp,
  mailgun,
  gmail,
  microsoft,
  webhook,
};
