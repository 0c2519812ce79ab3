import type { SecretBox } from "../auth/secret-box.ts";
import type { Workspace } from "../db/workspace.ts";
import type { Networks } from "../providers/outgoing/networks.ts";

/** What integrations are set up with. */
export interface IntegrationContext {
  workspace: Pick<Workspace, "id">;
  secrets(): SecretBox;
  /** Private networks that may be reached. */
  networks: Networks;
}
