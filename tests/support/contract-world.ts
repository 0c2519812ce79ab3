import { EXAMPLE_IDS } from "../../shared/openapi/examples.ts";
import type { ContractOperation } from "./contract-document.ts";
import { userIn } from "./links.ts";
import { asOwner, type TestWorkspace, testWorkspace } from "./workspace.ts";

/** A workspace with records of every kind that requests can name. */
export interface ContractWorld {
  workspace: TestWorkspace;
  /** Ids of records, by resource. */
  ids: Record<string, string[]>;
  /** The same ids, by the fields that hold them. */
  known: Record<string, string[]>;
}

const FEW = 3;
const MADE: Record<string, (i: number) => unknown> = {
  companies: (i) => ({ name: `Company ${i}`, domain: `company${i}.example` }),
  deals: (i) => ({ title: `Deal ${i}` }),
  tasks: (i) => ({ title: `Task ${i}` }),
  invoices: (i) => ({ notes: `Invoice ${i}` }),
  activities: () => ({ type: "note" }),
};

/** A body that the operation takes, and no other record has. */
export function goodBody({ id, resource, body }: ContractOperation): unknown {
  const made = MADE[resource]?.(999) ?? { email: "good@example.com" };
  if (id.startsWith("update")) return body?.examples[0];
  if (id === "ingestContacts") return { contacts: [made] };
  return id.startsWith("batch") ? { items: [{ data: made }] } : made;
}

/** Makes such a workspace, with `size` records of one kind and a few of the others. */
export async function contractWorld(kind: string, size: number): Promise<ContractWorld> {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const ids: Record<string, string[]> = {};
  for (const [resource, make] of Object.entries(MADE)) {
    const length = resource === kind ? size : FEW;
    const items = Array.from({ length }, (_, i) => ({ data: make(i) }));
    ids[resource] = idsOf(await api.post(`v1-public-${resource}-batch`, { items }));
  }
  const length = kind === "contacts" ? size : FEW;
  const contacts = Array.from({ length }, (_, i) => ({ email: `c${i}@example.com` }));
  ids.contacts = idsOf(await api.post("v1-public-contacts-batch", { contacts }));
  ids.users = [await userIn(workspace.id, "Uma")];
  const { body } = await api.get("v1-public-pipelines");
  ids.pipelines = body.data.items.map(({ id }: { id: string }) => id);
  // The last few of each stay: the others are there to be deleted.
  const last = (resource: string) => ids[resource]?.slice(-FEW) ?? [];
  const known = {
    company_id: last("companies"),
    contact_id: last("contacts"),
    deal_id: last("deals"),
    entity_id: last("deals"),
    pipeline_id: last("pipelines"),
    assigned_to: last("users"),
  };
  return { workspace, ids, known };
}

function idsOf({ body }: { body: { data: { results: { id: string }[] } } }): string[] {
  return body.data.results.map(({ id }) => id);
}

const TABLES: Record<string, [table: string, columns: string, values: string]> = {
  contact: ["contacts", "email", "'example@person.example'"],
  company: ["companies", "name, domain", "'Example', 'example.example'"],
  user: ["users", "name, email", "'Uma', 'uma@team.example'"],
  deal: ["deals", "title", "'Example'"],
  task: ["tasks", "title", "'Example'"],
  invoice: ["invoices", "invoice_number", "'EX-1'"],
  activity: ["activities", "type", "'note'"],
  pipeline: ["pipelines", "name", "'Example'"],
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
  return workspace;
}
