import type { ConsolePage } from "../console-page.ts";
import { DashboardsPage } from "./dashboards-page.tsx";
import { SavedListPage } from "./saved/saved-list-page.tsx";
import { SavedPage } from "./saved/saved-page.tsx";

export const DASHBOARDS: readonly ConsolePage[] = [
  { pattern: "/dashboards", menu: "Dashboards", show: () => <DashboardsPage /> },
  { pattern: "/dashboards/saved", show: () => <SavedListPage /> },
  { pattern: "/dashboards/saved/:name", show: ({ name = "" }) => <SavedPage name={name} /> },
];
