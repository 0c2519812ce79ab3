import process from "node:process";
import { publicUrl } from "../../../http/public-url.ts";
import type { Schema } from "../../../openapi/schemas.ts";

/** Where the contract is published. */
export interface Publication {
  /** The address of the functions, to which their names are appended. */
  server: string;
  version: string;
}

/** Where this deployment publishes; a path, without a host, is right wherever it is read from. */
export function publication(env: Record<string, string | undefined> = process.env): Publication {
  return { server: publicUrl(env), version: "1.0.0" };
}

/** The members of the contract that depend on where it is published. */
export function addresses({ server }: Publication): Schema {
  return {
    externalDocs: { description: "The reference as a page", url: `${server}/v1-public-docs` },
    servers: [{ url: server, description: "The functions of this deployment" }],
  };
}
