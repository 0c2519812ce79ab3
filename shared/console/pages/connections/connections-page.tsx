import type { ComponentChildren } from "preact";
import { Page } from "../../ui/page.tsx";
import { Parts } from "../../ui/parts.tsx";

const PARTS = [
  ["/connections", "Apps"],
  ["/connections/mail", "Mail accounts"],
  ["/connections/calendars", "Calendars"],
  ["/connections/telephone", "Telephone"],
] as const;

interface ConnectionsPageProps {
  title: string;
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** A page about services that are connected, with the way to the others. */
export function ConnectionsPage({ title, actions, children }: ConnectionsPageProps) {
  return (
    <Page title={title} actions={actions}>
      <Parts label="Connections" parts={PARTS} />
      {children}
    </Page>
  );
}
