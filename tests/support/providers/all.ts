import { lastingConsents } from "./consent-pages.ts";
import { lastingGmail } from "./lasting-gmail.ts";
import { lastingModel } from "./openai-answers.ts";
import { lastingEnrichment } from "./enrichment-api.ts";
import { googleCalendarStandIn } from "./google-calendar.ts";
import { graphStandIn } from "./graph-stand-in.ts";
import { lastingHubspot } from "./hubspot-api.ts";
import { lastingSlack } from "./slack-api.ts";
import { lastingTwilio } from "./twilio-api.ts";

/** The stand-ins of services that the gateway of all tests is told of, each at home for the whole run. */
export async function standInsOfAll(): Promise<{
  /** Where the functions find them. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}> {
  const started = await Promise.all(STAND_INS.map((start) => start()));
  return {
    environment: Object.assign({}, ...started.map(({ environment }) => environment)),
    stop: async () => void await Promise.all(started.map(({ stop }) => stop())),
  };
}

/** A stand-in that was started outside of a test. */
export interface RunningStandIn {
  environment: Record<string, string>;
  stop(): Promise<void>;
}

const STAND_INS: readonly (() => Promise<RunningStandIn>)[] = [
  lastingConsents,
  lastingGmail,
  lastingModel,
  lastingEnrichment,
  googleCalendarStandIn,
  graphStandIn,
  lastingHubspot,
  lastingSlack,
  lastingTwilio,
];
