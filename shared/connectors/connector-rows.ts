import { Buffer } from "node:buffer";
import { sql, statement } from "../db/sql.ts";
import { stringify } from "lossless-json";
import { generateConnectorToken } from "../auth/connector-token.ts";
import type { Fields } from "../crm/plan.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import type { Definition } from "./definition.ts";

const FUNCTIONS = { contact: "v1-public-contacts", activity: "v1-public-activities" } as const;

/** A definition as columns of its row. */
export function definitionColumns(definition: Definition): Fields {
  const { field_map, matching, defaults, verification, ...columns } = definition;
  return {
    ...columns,
    field_map: stringify(field_map),
    matching: stringify(matching),
    defaults: stringify(defaults),
    verification: stringify(verification),
  };
}

/** A slug made of a connector's name, with a few random letters so that it is new. */
export function slugFrom(name: string): string {
  const words = name.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-")
    .slice(0, 50).replace(/^-+|-+$/g, "");
  const tail = Array.from(
    crypto.getRandomValues(new Uint8Array(4)),
    (byte) => (byte % 36).toString(36),
  );
  return `${words || "connector"}-${tail.join("")}`;
}

/** A new token of a connector: its text, which is stored nowhere, and what stores its hash. */
export function newToken(connectorId: string): { token: string; statement: Statement } {
  const { token, publicId, hash } = generateConnectorToken();
  return {
    token,
    statement: statement(sql`insert into crm.connector_tokens (connector_id, public_id, token_hash)
      values (${connectorId}, ${publicId}, ${Buffer.from(hash)})`),
  };
}

/** Lets a connector's tokens end after some seconds, those that end later or never. */
export function endTokens(connectorId: string, seconds: number): Statement {
  return statement(sql`update crm.connector_tokens
    set expires_at = now() + make_interval(secs => ${seconds})
    where connector_id = ${connectorId}
      and (expires_at is null or expires_at > now() + make_interval(secs => ${seconds}))
    returning expires_at`);
}

/** Removes a connector's tokens that have ended. */
export function dropEndedTokens(connectorId: string): Statement {
  return statement(sql`delete from crm.connector_tokens
    where connector_id = ${connectorId} and expires_at <= now()`);
}

/** The address to paste at the sender. */
export function tokenUrl(
  publicUrl: string,
  target: keyof typeof FUNCTIONS,
  token: string,
): string {
  return `${publicUrl}/${FUNCTIONS[target]}?connector=${token}`;
}
