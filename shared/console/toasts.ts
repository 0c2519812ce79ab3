import { signal } from "@preact/signals";

/** A message that appears for a while, which screen readers say. */
export interface Toast {
  id: number;
  text: string;
  /** What can still be done about it, such as to undo it. */
  action?: { label: string; run(): void };
}

const SHOWN_MS = 8_000;
let last = 0;

export const toasts = signal<readonly Toast[]>([]);

/** Tells something that was done; with an action it stays until it is closed. */
export function tell(text: string, action?: Toast["action"]): void {
  const id = ++last;
  toasts.value = [...toasts.value, action ? { id, text, action } : { id, text }];
  if (!action) setTimeout(() => close(id), SHOWN_MS);
}

/** Takes a message away. */
export function close(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}
