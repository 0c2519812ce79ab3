import { stringify } from "lossless-json";
import type { ToolAnnotations } from "@modelcontextprotocol/sdk/types";
import type { Fields } from "../../crm/plan.ts";
import { domainError } from "../../crm/records.ts";
import type { WritableResource } from "../../crm/resource.ts";
import type { Transaction } from "../../db/transaction.ts";
import { writeOnce } from "../../http/idempotency.ts";
import { wakeWorker } from "../../http/wake-worker.ts";
import { parsed } from "./bound.ts";
import type { McpCall } from "./caller.ts";

/** Writes; automations and webhooks of the workspace may act on what was written. */
export const WRITES: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: true,
};

/** What every write is given. */
interface Writing {
  dry_run: boolean;
  idempotency_key?: string | undefined;
}

/** One write of a tool. */
interface Write {
  tool: string;
  resource: WritableResource;
  given: Writing;
  /** Throws Refusal. */
  work(transaction: Transaction): Promise<Fields>;
}

/**
 * Writes all or nothing, once under an idempotency key, by which a retry gets the first answer again; a dry
 * run leaves nothing behind.
 */
export async function write(
  call: McpCall,
  { tool, resource, given, work }: Write,
): Promise<Fields> {
  const { dry_run, idempotency_key: key, ...what } = given;
  const { workspace, services } = call;
  try {
    if (dry_run) return { dry_run, ...await workspace.transact(work, { rehearse: true }) };
    const result = key === undefined
      ? await workspace.transact(work)
      : await once(call, key, JSON.stringify(["mcp", tool, what]), work);
    wakeWorker(services.publicUrl);
    return result;
  } catch (error) {
    throw domainError(resource, error);
  }
}

async function once(
  { workspace, services }: McpCall,
  key: string,
  what: string,
  work: Write["work"],
): Promise<Fields> {
  const keyed = { key, hashes: services.requestHashes(what), secrets: services.secrets };
  const { body, replayed } = await writeOnce(workspace, keyed, async (transaction) => {
    return { status: 200, body: stringify(await work(transaction)) ?? "{}" };
  });
  const first = parsed(String(body));
  return replayed ? { ...first, replayed } : first;
}
