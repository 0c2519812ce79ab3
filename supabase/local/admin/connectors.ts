import { stringify } from "lossless-json";
import type { Api, Fields } from "./api.ts";
import type { Database } from "./database.ts";
import { printable, quoted, Refusal } from "./refusal.ts";

/** The path of the connectors' function. */
export const CONNECTORS = "v1-public-connectors";

/** A connector of the workspace by its slug. Throws a Refusal when there is none. */
export async function findConnector(
  api: Api,
  slug: string,
): Promise<{ id: string; connector: Fields }> {
  const [connector] = await api.all(`${CONNECTORS}?slug=${slug}`);
  if (connector !== undefined) return { id: String(connector.id), connector };
  throw new Refusal(
    "not_found",
    `The workspace has no connector ${quoted(slug)}: see \`npm run admin -- connectors list ` +
      "--workspace SLUG`.",
  );
}

/**
 * The workspace given, or the only one that has such a connector. Throws a Refusal when none has, or
 * several have.
 */
export async function workspaceOfConnector(
  database: Database,
  slug: string,
  given: string | undefined,
): Promise<string> {
  if (given !== undefined) return given;
  const { rows } = await database.query<{ slug: string }>(
    `select w.slug from crm.connectors c join crm.workspaces w on w.id = c.workspace_id
     where c.slug = $1 order by w.slug`,
    [slug],
  );
  if (rows[0] && rows.length === 1) return rows[0].slug;
  throw rows.length > 1
    ? new Refusal(
      "conflict",
      `Several workspaces have a connector ${quoted(slug)}: add --workspace, one of ${
        rows.map((row) => row.slug).join(", ")
      }.`,
    )
    : new Refusal(
      "not_found",
      `There is no connector ${quoted(slug)}: make it with \`npm run admin -- connectors create\`.`,
    );
}

/** The workspace of a delivery. Throws a Refusal when there is no such delivery. */
export async function workspaceOfDelivery(database: Database, id: string): Promise<string> {
  const { rows } = await database.query<{ slug: string }>(
    `select w.slug from crm.connector_deliveries d join crm.workspaces w on w.id = d.workspace_id
     where d.id = $1`,
    [id],
  );
  if (rows[0]) return rows[0].slug;
  throw new Refusal(
    "not_found",
    `There is no delivery ${id}: see \`npm run admin -- connectors deliveries\`. They are kept for ` +
      "30 days.",
  );
}

/** A value of the API in a cell of a table. */
export function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  return printable(typeof value === "object" ? stringify(value) ?? "" : String(value));
}

/** An error of the API in one line: each field that is wrong, else its message. */
export function reasonOf({ message, fields, details }: Fields): string {
  const wrong = fields ?? (details as Fields | undefined)?.fields;
  if (!Array.isArray(wrong) || wrong.length === 0) return cell(message);
  return wrong.map((one: Fields) => `${cell(one.field)}: ${cell(one.message)}`).join("; ");
}
