import process from "node:process";
import type { PublicDocument } from "../http/public-document.ts";
import { publicUrl } from "../http/public-url.ts";
import type { PageOptions } from "./page.ts";
import { PAGE_HEADERS } from "./page-style.ts";
import type { Schema } from "./schemas.ts";

/** Where an API's contract is published. */
export interface Publication extends PageOptions {
  version: string;
  /** The reference page's path below the address of the functions. */
  page: string;
}

/** Gives a contract that was made before. */
export type LoadContract = () => Promise<Schema>;

/**
 * The members of a contract that depend on where this deployment publishes; a path, without a host, is
 * right wherever it is read from.
 */
export function addresses(
  { page }: Publication,
  env: Record<string, string | undefined> = process.env,
): Schema {
  const server = publicUrl(env);
  return {
    externalDocs: { description: "The reference as a page", url: `${server}/${page}` },
    servers: [{ url: server, description: "The functions of this deployment" }],
  };
}

/** The contract, for anybody to read. */
export function contractDocument(where: Publication, contract: LoadContract): PublicDocument {
  return {
    id: "getContract",
    summary: "This contract, in OpenAPI 3.1",
    contentType: "application/json; charset=utf-8",
    async text() {
      return JSON.stringify({ ...await contract(), ...addresses(where) }, null, 1);
    },
  };
}

/** The reference page, for anybody to read. */
export function pageDocument(where: Publication, contract: LoadContract): PublicDocument {
  return {
    id: "getReference",
    summary: "The reference as a page",
    contentType: "text/html; charset=utf-8",
    headers: PAGE_HEADERS,
    async text() {
      const { referencePage } = await import("./page.ts");
      return await referencePage({ ...await contract(), ...addresses(where) }, where);
    },
  };
}
