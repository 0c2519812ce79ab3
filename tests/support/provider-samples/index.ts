import { automationSamples } from "./automations.ts";
import { googleAdsSamples } from "./google-ads.ts";
import { gravityFormsSamples } from "./gravity-forms.ts";
import { hubspotSamples } from "./hubspot.ts";
import { jotformSamples } from "./jotform.ts";
import { metaLeadAdsSamples } from "./meta-lead-ads.ts";
import type { ProviderSample } from "./sample.ts";
import { tallySamples } from "./tally.ts";
import { typeformSamples } from "./typeform.ts";
import { webflowSamples } from "./webflow.ts";

/** What each provider sends, at least two of its requests. */
export const providerSamples: readonly ProviderSample[] = [
  ...typeformSamples,
  ...tallySamples,
  ...jotformSamples,
  ...gravityFormsSamples,
  ...webflowSamples,
  ...hubspotSamples,
  ...metaLeadAdsSamples,
  ...googleAdsSamples,
  ...automationSamples,
];
