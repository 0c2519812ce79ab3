import {
  EXAMPLE_CONNECTORS,
  EXAMPLE_IDS,
  EXAMPLE_PARAMETERS,
} from "../../shared/dialects/lumenbase/openapi/examples.ts";
import { examplesToMerge, mergesIn } from "./contract-merges.ts";
import { asOwner, type TestWorkspace, testWorkspace } from "./workspace.ts";

const TABLES: Record<string, [table: string, columns: string, values: string]> = {
  contact: ["contacts", "email", "'example@person.example'"],
  company: ["companies", "name, domain", "'Example', 'example.example'"],
  user: ["users", "name, email", "'Uma', 'uma@team.example'"],
  deal: ["deals", "title", "'Example'"],
  task: ["tasks", "title", "'Example'"],
  invoice: ["invoices", "invoice_number", "'EX-1'"],
  activity: ["activities", "type", "'note'"],
  pipeline: ["pipelines", "name", "'Example'"],
  connected_account: ["connected_accounts", "provider, secrets", "'slack', 'sealed'"],
  role: ["roles", "name, base", "'Partner desk', 'viewer'"],
  key: [
    "api_keys",
    "name, public_id, key_hash, scopes",
    "'Example', gen_random_uuid(), sha256('example'), '{read}'",
  ],
};

const verify_token = EXAMPLE_PARAMETERS["hub.verify_token"];
const CONNECTORS: Record<string, object> = {
  [EXAMPLE_CONNECTORS.contacts]: {
    target: "contact",
    field_map: { email: "email", last_name: "name" },
    verify_token,
  },
  [EXAMPLE_CONNECTORS.activities]: {
    target: "activity",
    field_map: { title: "title", type: "'demo'" },
    verify_token,
  },
};

/** Makes a workspace in which the records of the contract's examples exist. */
export async function exampleWorld(): Promise<TestWorkspace> {
  const workspace = await testWorkspace();
  for (const [record, [table, columns, values]] of Object.entries(TABLES)) {
    await asOwner(
      `insert into crm.${table} (workspace_id, id, ${columns}) values ($1, $2, ${values})`,
      [workspace.id, EXAMPLE_IDS[record]],
    );
  }
  await exampleMerge(workspace);
  await exampleConnectors(workspace);
  return workspace;
}

// One that was merged is there as well, so that the example of undoing works.
async function exampleMerge(workspace: TestWorkspace): Promise<void> {
  await examplesToMerge(workspace.id);
  const [merge] = await mergesIn(workspace, 1);
  await asOwner("update crm.contact_merges set id = $2 where id = $1", [merge, EXAMPLE_IDS.merge]);
}

// Made by the API, which alone can seal its secrets, then given the id of the examples.
async function exampleConnectors({ id, api }: TestWorkspace): Promise<void> {
  for (const [slug, connector] of Object.entries(CONNECTORS)) {
    const { status, text } = await api.post("v1-public-connectors", {
      slug,
      name: slug,
      ...connector,
    });
    if (status !== 201) throw new Error(text);
  }
  await asOwner("delete from crm.connector_tokens where workspace_id = $1", [id]);
  await asOwner("update crm.connectors set id = $2 where workspace_id = $1 and slug = $3", [
    id,
    EXAMPLE_IDS.connector,
    EXAMPLE_CONNECTORS.contacts,
  ]);
  await asOwner(
    `insert into crm.connector_deliveries
      (workspace_id, id, connector_id, status, content_type, body)
     values ($1, $2, $3, 'failed', 'application/json', '{"email": "lead@person.example"}')`,
    [id, EXAMPLE_IDS.delivery, EXAMPLE_IDS.connector],
  );
  await asOwner(
    "insert into crm.jobs (workspace_id, id, kind, status) values ($1, $2, 'a.kind', 'dead')",
    [id, EXAMPLE_IDS.job],
  );
}
