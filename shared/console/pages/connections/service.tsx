import type { ComponentChildren } from "preact";
import { ApiError } from "../../api-error.ts";
import type { Loaded } from "../../load.ts";
import { Loading } from "../../ui/loading.tsx";

interface ServiceProps<T> {
  /** What was asked of a service. */
  of: Loaded<T>;
  children: (data: T) => ComponentChildren;
}

/** What a service answered; that it is not connected, or not set up, is no failure, and is told with what to do. */
export function Service<T>({ of, children }: ServiceProps<T>) {
  const { data, error } = of;
  if (data === undefined && error instanceof ApiError) {
    if (error.type === "not_connected") {
      return <p class="notice">{error.message}</p>;
    }
    if (error.type === "not_configured") return <NotSetUp message={error.message} />;
  }
  return <Loading of={of}>{children}</Loading>;
}

function NotSetUp({ message }: { message: string }) {
  return (
    <div class="notice">
      <p>
        <strong>Not set up on this server.</strong> {message}
      </p>
      <p class="quiet">
        Whoever runs the server sets that, as the settings in <code>supabase/README.md</code>{" "}
        tell. All else works without it.
      </p>
    </div>
  );
}
