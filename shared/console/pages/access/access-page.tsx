import type { ComponentChildren } from "preact";
import { path } from "../../router.ts";
import { Page } from "../../ui/page.tsx";

const PARTS = [
  ["/access", "API keys"],
  ["/access/users", "Users"],
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
      <nav class="parts" aria-label="Keys and access">
        {PARTS.map(([to, name]) => (
          <a key={to} href={`#${to}`} aria-current={path.value === to ? "page" : undefined}>
            {name}
          </a>
        ))}
      </nav>
      {children}
    </Page>
  );
}
