import { Badge, Time } from "../../ui/values.tsx";
import type { App } from "./connections.ts";

const STATES = {
  connected: ["good", "Connected"],
  not_connected: ["plain", "Not connected"],
  error: ["bad", "Does not work"],
} as const;

/** Whether a service is connected, since when, and why it does not work. */
export function AppState({ status, connected_at, last_error }: App) {
  const [tone, text] = STATES[status];
  return (
    <>
      <p>
        <Badge tone={tone}>{text}</Badge>
      </p>
      {connected_at && (
        <p class="quiet">
          Since <Time value={connected_at} />
        </p>
      )}
      {last_error && <p class="wrong" dir="auto">{last_error}</p>}
    </>
  );
}
