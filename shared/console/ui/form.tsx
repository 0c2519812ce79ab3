import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { ApiError } from "../api-error.ts";
import { Failure } from "./failure.tsx";

interface FormProps {
  /** Does what the form is for; what it throws is told. */
  onSubmit(): Promise<void>;
  submit: string;
  /** The names of the fields in which errors are told beside the control, rather than above the form. */
  fields?: readonly string[];
  children: (errorOf: (field: string) => string | undefined) => ComponentChildren;
  /** Further buttons. */
  more?: ComponentChildren;
}

/** A form that says what is wrong beside each field, and is sent once at a time. */
export function Form({ onSubmit, submit, fields = [], children, more }: FormProps) {
  const [error, setError] = useState<Error | null>(null);
  const [isBusy, setBusy] = useState(false);
  const own = error instanceof ApiError ? error.fields : [];
  const errorOf = (field: string) => own.find((one) => one.field === field)?.message;
  const isToldBeside = own.length > 0 && own.every(({ field }) => fields.includes(field));
  const send = async (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setError(null);
    try {
      await onSubmit();
    } catch (reason) {
      setError(reason instanceof Error ? reason : new Error(String(reason)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={send} noValidate>
      {error && !isToldBeside && <Failure error={error} />}
      {children(errorOf)}
      <div class="actions">
        <button type="submit" class="primary" aria-disabled={isBusy}>
          {isBusy ? "Working…" : submit}
        </button>
        {more}
      </div>
    </form>
  );
}
