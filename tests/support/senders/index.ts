import { adsCases } from "./ads.ts";
import { automationCases } from "./automations.ts";
import { gravityFormsCases } from "./gravity-forms.ts";
import { hubspotCases } from "./hubspot.ts";
import { jotformCases } from "./jotform.ts";
import type { SenderCase } from "./sender-case.ts";
import { tallyCases } from "./tally.ts";
import { typeformCases } from "./typeform.ts";
import { webflowCases } from "./webflow.ts";

/** What senders were seen to send, by sender. */
export const senderCases: readonly SenderCase[] = [
  ...typeformCases,
  ...tallyCases,
  ...jotformCases,
  ...gravityFormsCases,
  ...webflowCases,
  ...hubspotCases,
  ...adsCases,
  ...automationCases,
];
