import type { ConsolePage } from "./console-page.ts";
import { ACCESS } from "./access/pages.tsx";
import { AUTOMATIONS } from "./automations/pages.tsx";
import { BOOKING } from "./booking/pages.tsx";
import { CONNECTIONS } from "./connections/pages.tsx";
import { DASHBOARDS } from "./dashboards/pages.tsx";
import { DEALS } from "./deals/pages.tsx";
import { FORECAST } from "./forecast/pages.tsx";
import { JOBS } from "./jobs/pages.tsx";
import { MERGE } from "./merge/pages.tsx";
import { RECORDS } from "./records/pages.tsx";
import { SOURCES } from "./sources/pages.tsx";
import { START } from "./start/pages.tsx";
import { WEBHOOKS } from "./webhooks/pages.tsx";

/** All pages, in the order of the menu; the first pattern that fits is taken. */
export const PAGES: readonly ConsolePage[] = [
  ...START,
  ...SOURCES,
  ...RECORDS,
  ...DEALS,
  ...BOOKING,
  ...FORECAST,
  ...DASHBOARDS,
  ...AUTOMATIONS,
  ...WEBHOOKS,
  ...CONNECTIONS,
  ...JOBS,
  ...ACCESS,
  ...MERGE,
];
