import type { ComponentChildren } from "preact";
import type { Loaded } from "../load.ts";
import { Failure } from "./failure.tsx";

interface LoadingProps<T> {
  of: Loaded<T>;
  children: (data: T) => ComponentChildren;
}

/** What was loaded, or that it is being loaded, or why it was not. */
export function Loading<T>({ of, children }: LoadingProps<T>) {
  if (of.data !== undefined) {
    return (
      <>
        {of.error && <Failure error={of.error} retry={of.reload} />}
        {children(of.data)}
      </>
    );
  }
  if (of.error) return <Failure error={of.error} retry={of.reload} />;
  return <p class="quiet" role="status">Loading…</p>;
}
