import process from "node:process";

/** Where the contract is published. */
export interface Publication {
  /** The address of the functions, to which their names are appended. */
  server: string;
  version: string;
}

// Relative, so that it is right wherever the contract is read from.
const SERVER = "/functions/v1";

/** Where this deployment publishes: LUMENBASE_PUBLIC_URL, never what a request says. */
export function publication(env: Record<string, string | undefined> = process.env): Publication {
  const given = env.LUMENBASE_PUBLIC_URL?.replace(/\/+$/, "");
  if (given && !/^https?:\/\/[^\s?#]+$/.test(given)) {
    throw new Error("LUMENBASE_PUBLIC_URL must be an http or https address without query.");
  }
  return { server: given || SERVER, version: "1.0.0" };
}
