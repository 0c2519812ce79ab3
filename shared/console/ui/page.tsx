import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface PageProps {
  title: string;
  /** Buttons and links beside the title. */
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** A page with its heading, which gets the focus, so that a screen reader says where one is. */
export function Page({ title, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Lumenbase`;
  }, [title]);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <header class="page-header">
        <h1 ref={heading} tabIndex={-1} dir="auto">{title}</h1>
        {actions && <div class="actions">{actions}</div>}
      </header>
      {children}
    </>
  );
}
