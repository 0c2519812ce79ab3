import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { tell } from "../toasts.ts";

interface ActionProps {
  run(): Promise<void>;
  children: ComponentChildren;
  class?: string;
  /** What it does, where its text alone does not say it. */
  label?: string;
}

/** A button that does something once at a time, and tells why it could not be done. */
export function Action({ run, children, class: look, label }: ActionProps) {
  const [isBusy, setBusy] = useState(false);
  const click = async () => {
    if (isBusy) return;
    setBusy(true);
    try {
      await run();
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <button
      type="button"
      class={look}
      aria-label={label}
      aria-disabled={isBusy}
      onClick={click}
    >
      {children}
    </button>
  );
}
