import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface DialogProps {
  title: string;
  onClose(): void;
  children: ComponentChildren;
}

/** A modal dialog, which Escape closes; the focus goes back to where it was, or to the heading of the page. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    // While the dialog is there, nothing else can have the focus.
    return () => queueMicrotask(() => giveBack(before));
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <header class="page-header">
        <h2 id={id}>{title}</h2>
        <button type="button" class="plain" aria-label="Close" onClick={onClose}>×</button>
      </header>
      {children}
    </dialog>
  );
}

/** Gives the focus back; to the heading of the page once what had it is gone, such as the row that was deleted. */
function giveBack(before: Element | null): void {
  const toHeading = () => document.querySelector("h1")?.focus();
  if (!(before instanceof HTMLElement) || !before.isConnected) return toHeading();
  before.focus();
  const changes = new MutationObserver(() => {
    if (before.isConnected) return;
    changes.disconnect();
    toHeading();
  });
  changes.observe(document.body, { childList: true, subtree: true });
  addEventListener("focusin", () => changes.disconnect(), { once: true });
}
