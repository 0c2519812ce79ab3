import { googleAds, metaLeadAds } from "./ads.ts";
import { automationBodies } from "./automation-bodies.ts";
import { automations } from "./automations.ts";
import { automationValues } from "./automation-values.ts";
import { gravityForms } from "./gravity-forms.ts";
import { hubspotApp, hubspotWorkflow } from "./hubspot.ts";
import { jotform } from "./jotform.ts";
import type { SenderCase } from "./sender-case.ts";
import { tallyAnswers } from "./tally-answers.ts";
import { tally } from "./tally.ts";
import { typeform } from "./typeform.ts";
import { webflow, webflowV1 } from "./webflow.ts";

/** What senders were seen to send, by the preset for them. */
export const senderCases: Readonly<Record<string, readonly SenderCase[]>> = {
  typeform,
  tally: [...tally, ...tallyAnswers],
  jotform,
  gravity_forms: gravityForms,
  webflow,
  webflow_v1: webflowV1,
  hubspot_workflow: hubspotWorkflow,
  hubspot_app: hubspotApp,
  meta_lead_ads: metaLeadAds,
  google_ads: googleAds,
  zapier: [...automations, ...automationBodies],
  make: [...automations, ...automationValues],
};
