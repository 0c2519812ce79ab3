import type { ConsolePage } from "../console-page.ts";
import { WebhookFormPage } from "./webhook-form.tsx";
import { WebhookPage } from "./webhook-page.tsx";
import { WebhooksPage } from "./webhooks-page.tsx";

// A Rep may not read them: what was told of is every lead.
export const WEBHOOKS: readonly ConsolePage[] = [
  { pattern: "/webhooks", menu: "Webhooks", except: "rep", show: () => <WebhooksPage /> },
  { pattern: "/webhooks/new", role: "admin", show: () => <WebhookFormPage /> },
  {
    pattern: "/webhooks/:id/change",
    role: "admin",
    show: ({ id = "" }) => <WebhookFormPage id={id} />,
  },
  { pattern: "/webhooks/:id", except: "rep", show: ({ id = "" }) => <WebhookPage id={id} /> },
];
