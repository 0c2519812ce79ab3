import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Action } from "./action.tsx";
import { Dialog } from "./dialog.tsx";

interface ConfirmProps {
  /** The button that asks, and that does it. */
  button: string;
  /** What the button does, where there are several: `Revoke the shop's key`. */
  label?: string;
  question: string;
  /** The button that leaves all as it is. */
  keep?: string;
  /** Set where what it does is nothing to be warned of. */
  isPlain?: true;
  children: ComponentChildren;
  run(): Promise<void>;
}

/** A button for what cannot be undone: it asks before. */
export function Confirm(props: ConfirmProps) {
  const { button, label, question, keep = "Cancel", isPlain, children, run } = props;
  const [isAsking, setAsking] = useState(false);
  const close = () => setAsking(false);
  return (
    <>
      <button
        type="button"
        class={isPlain ? "" : "danger"}
        aria-label={label}
        onClick={() => setAsking(true)}
      >
        {button}
      </button>
      {isAsking && (
        <Dialog title={question} onClose={close}>
          <div>{children}</div>
          <div class="actions">
            <Action
              class={isPlain ? "primary" : "danger"}
              run={async () => {
                await run();
                close();
              }}
            >
              {button}
            </Action>
            <button type="button" onClick={close}>{keep}</button>
          </div>
        </Dialog>
      )}
    </>
  );
}
