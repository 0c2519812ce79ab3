import { lio, type LioPage } from "../../api.ts";

/** The most that LIO answers of a list at once. */
export const MOST = 500;

/** A service that can be connected. */
export type Provider = "hubspot" | "slack" | "teams" | "google" | "microsoft";

/** Whether a service is connected, as LIO answers it. */
export interface App {
  provider: Provider;
  name: string;
  status: "connected" | "not_connected" | "error";
  /** Whose it is: of all, or of who asks. */
  scope: "organization" | "user";
  connected_at: string | null;
  last_error: string | null;
}

/** Reads the services that can be connected. */
export async function readApps(signal: AbortSignal): Promise<readonly App[]> {
  const query = { limit: MOST };
  return (await lio.get<LioPage<App>>("connected-apps/list", query, signal)).data;
}

/** Reads how a service is connected. */
export async function readApp(provider: Provider, signal: AbortSignal): Promise<App> {
  const found = (await readApps(signal)).find((app) => app.provider === provider);
  if (found) return found;
  throw new Error(`There is no service ${provider}.`);
}
