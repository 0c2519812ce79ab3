import type { Preset } from "./preset.ts";
import { make, zapier } from "./presets/automations.ts";
import { googleAds } from "./presets/google-ads.ts";
import { gravityForms } from "./presets/gravity-forms.ts";
import { hubspotApp } from "./presets/hubspot-app.ts";
import { hubspotWorkflow } from "./presets/hubspot-workflow.ts";
import { jotform } from "./presets/jotform.ts";
import { metaLeadAds } from "./presets/meta-lead-ads.ts";
import { tally } from "./presets/tally.ts";
import { typeform } from "./presets/typeform.ts";
import { webflow, webflowV1 } from "./presets/webflow.ts";

/** The names of all presets. */
export const PRESET_NAMES = [
  "typeform",
  "tally",
  "jotform",
  "gravity_forms",
  "webflow",
  "webflow_v1",
  "hubspot_workflow",
  "hubspot_app",
  "meta_lead_ads",
  "google_ads",
  "zapier",
  "make",
] as const;

type PresetName = (typeof PRESET_NAMES)[number];

/** Every preset by its name. */
export const presets: Readonly<Record<PresetName, Preset>> = {
  typeform,
  tally,
  jotform,
  gravity_forms: gravityForms,
  webflow,
  webflow_v1: webflowV1,
  hubspot_workflow: hubspotWorkflow,
  hubspot_app: hubspotApp,
  meta_lead_ads: metaLeadAds,
  google_ads: googleAds,
  zapier,
  make,
};
