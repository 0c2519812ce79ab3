import { gzipSync } from "node:zlib";
import type { ApiResponse } from "../api-client.ts";
import type { ContractOperation } from "../contract-document.ts";
import { pathOf } from "../operation-requests.ts";
import type { DialectWorld } from "./dialect.ts";
import { goodBody } from "./made-world.ts";

const MB = 1024 * 1024;

/** The most bytes of the file that an operation takes. */
export const FILE_LIMITS: Readonly<Record<string, number>> = {
  createDocument: 25 * MB,
  createStoredFile: 25 * MB,
  importLeads: 10 * MB,
  uploadProfileImage: 5 * MB,
};

/** The body with a file of a service of its own, as one is attached to a record once. */
export function ownFile(body: unknown, i = 0): unknown {
  const { provider, file } = body as { provider?: unknown; file?: object };
  return provider === undefined ? body : { ...body as object, file: { ...file, id: `1AbC${i}` } };
}

/** Requests that make an operation with files answer in ways of its own. */
export async function withFiles(
  operation: ContractOperation,
  world: DialectWorld,
): Promise<ApiResponse[]> {
  const { api } = world;
  const limit = FILE_LIMITS[operation.id];
  const at = pathOf(operation, world.targets(operation).at(-1) ?? {});
  if (limit !== undefined) {
    return [await api.send("POST", at, { raw: tooLarge(limit), headers: FORM })];
  }
  if (operation.id !== "attachFile") return [];
  const body = goodBody(operation);
  return [await api.post(at, body), await api.post(at, body)];
}

const FORM = { "content-type": "multipart/form-data; boundary=x", "content-encoding": "gzip" };

function tooLarge(limit: number): BodyInit {
  const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n';
  return new Uint8Array(gzipSync(Buffer.concat([Buffer.from(head), Buffer.alloc(limit + MB)])));
}
