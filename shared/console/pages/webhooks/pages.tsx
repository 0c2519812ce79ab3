import type { ConsolePage } from "../console-page.ts";
import { WebhookFormPage } from "./webhook-form.tsx";
import { WebhookPage } from "./webhook-page.tsx";
import { WebhooksPage } from "./webhooks-page.tsx";

export const WEBHOOKS: readonly ConsolePage[] = [
  { pattern: "/webhooks", menu: "Webhooks", role: "member", show: () => <WebhooksPage /> },
  { pattern: "/webhooks/new", role: "admin", show: () => <WebhookFormPage /> },
  {
    pattern: "/webhooks/:id/change",
    role: "admin",
    show: ({ id = "" }) => <WebhookFormPage id={id} />,
  },
  { pattern: "/webhooks/:id", role: "member", show: ({ id = "" }) => <WebhookPage id={id} /> },
];
