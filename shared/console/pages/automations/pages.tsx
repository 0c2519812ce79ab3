import type { ConsolePage } from "../console-page.ts";
import { AutomationPage } from "./automation-page.tsx";
import { AutomationsPage } from "./automations-page.tsx";
import { EditPage } from "./edit-page.tsx";

export const AUTOMATIONS: readonly ConsolePage[] = [
  { pattern: "/automations", menu: "Automations", show: () => <AutomationsPage /> },
  { pattern: "/automations/new", role: "member", show: () => <EditPage /> },
  {
    pattern: "/automations/:id/change",
    role: "member",
    show: ({ id = "" }) => <EditPage id={id} />,
  },
  { pattern: "/automations/:id", show: ({ id = "" }) => <AutomationPage id={id} /> },
];
