import type { ConsolePage } from "./console-page.ts";
import { DASHBOARDS } from "./dashboards/pages.tsx";
import { DEALS } from "./deals/pages.tsx";
import { FORECAST } from "./forecast/pages.tsx";
import { START } from "./start/pages.tsx";

/** All pages, in the order of the menu; the first pattern that fits is taken. */
export const PAGES: readonly ConsolePage[] = [...START, ...DEALS, ...FORECAST, ...DASHBOARDS];
