import type { ConsolePage } from "../console-page.ts";
import { ForecastPage } from "./forecast-page.tsx";

export const FORECAST: readonly ConsolePage[] = [
  { pattern: "/forecast", menu: "Forecast", show: () => <ForecastPage /> },
];
