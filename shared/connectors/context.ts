import type { SecretBox } from "../auth/secret-box.ts";
import type { Workspace } from "../db/workspace.ts";
import type { Refusal } from "../refusals/refusal.ts";
import type { Secrets } from "./definition.ts";
import type { StoredConnector } from "./stored-connector.ts";

/** What connectors act with. */
export interface ConnectorContext {
  workspace: Workspace;
  /** The address of Meta's Graph API. */
  graphUrl: string;
  secrets(): SecretBox;
  /** What the API that shows deliveries calls a refusal. */
  codeOf(refusal: Refusal): string;
}

/** The secrets of a connector, readable. */
export async function secretsOf(
  { workspace, secrets }: Pick<ConnectorContext, "workspace" | "secrets">,
  connector: Pick<StoredConnector, "secrets">,
): Promise<Secrets> {
  return connector.secrets === null ? {} : await secrets().open(connector.secrets, workspace.id);
}
