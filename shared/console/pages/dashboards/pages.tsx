import type { ConsolePage } from "../console-page.ts";
import { DashboardsPage } from "./dashboards-page.tsx";

export const DASHBOARDS: readonly ConsolePage[] = [
  { pattern: "/dashboards", menu: "Dashboards", show: () => <DashboardsPage /> },
];
