import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Action } from "./action.tsx";
import { Dialog } from "./dialog.tsx";

interface ConfirmProps {
  /** The button that asks, and that does it. */
  button: string;
  question: string;
  /** Set where what it does is nothing to be warned of. */
  isPlain?: true;
  children: ComponentChildren;
  run(): Promise<void>;
}

/** A button for what cannot be undone: it asks before. */
export function Confirm({ button, question, isPlain, children, run }: ConfirmProps) {
  const [isAsking, setAsking] = useState(false);
  const close = () => setAsking(false);
  return (
    <>
      <button type="button" class={isPlain ? "" : "danger"} onClick={() => setAsking(true)}>
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
            <button type="button" onClick={close}>Cancel</button>
          </div>
        </Dialog>
      )}
    </>
  );
}
