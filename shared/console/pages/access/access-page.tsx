import type { ComponentChildren } from "preact";
import { Page } from "../../ui/page.tsx";
import { Parts } from "../../ui/parts.tsx";

const PARTS = [
  ["/access", "API keys"],
  ["/access/users", "Users"],
  ["/access/roles", "Roles"],
  ["/access/requests", "Requests"],
  ["/access/usage", "Usage"],
] as const;

interface AccessPageProps {
  title: string;
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** A page about who may do what, with the way to the others. */
export function AccessPage({ title, actions, children }: AccessPageProps) {
  return (
    <Page title={title} actions={actions}>
      <Parts label="Keys and access" parts={PARTS} />
      {children}
    </Page>
  );
}
