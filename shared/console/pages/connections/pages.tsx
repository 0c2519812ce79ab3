import type { ConsolePage } from "../console-page.ts";
import { AppsPage } from "./apps-page.tsx";
import { CalendarsPage } from "./calendars-page.tsx";
import { ConsentPage } from "./consent-page.tsx";
import { HubspotImportPage } from "./hubspot-import-page.tsx";
import { HubspotPage } from "./hubspot-page.tsx";
import { MailPage } from "./mail-page.tsx";
import { NewMailPage } from "./new-mail-page.tsx";
import { SlackPage } from "./slack-page.tsx";
import { TeamsPage } from "./teams-page.tsx";
import { TelephonePage } from "./telephone-page.tsx";

export const CONNECTIONS: readonly ConsolePage[] = [
  { pattern: "/connections", menu: "Connections", show: () => <AppsPage /> },
  { pattern: "/connections/mail", show: () => <MailPage /> },
  { pattern: "/connections/mail/new", role: "rep", show: () => <NewMailPage /> },
  { pattern: "/connections/consent", show: () => <ConsentPage /> },
  { pattern: "/connections/calendars", show: () => <CalendarsPage /> },
  { pattern: "/connections/telephone", show: () => <TelephonePage /> },
  { pattern: "/connections/slack", show: () => <SlackPage /> },
  { pattern: "/connections/teams", show: () => <TeamsPage /> },
  { pattern: "/connections/hubspot", show: () => <HubspotPage /> },
  {
    pattern: "/connections/hubspot/imports/:id",
    show: ({ id = "" }) => <HubspotImportPage id={id} />,
  },
];
