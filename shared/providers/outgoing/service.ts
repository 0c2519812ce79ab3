import { Buffer } from "node:buffer";

/** A service that this side asks, at an address that whoever runs the functions configured. */
export interface Service {
  /** As people know it, such as Slack. */
  name: string;
  /** Its base address, without a slash at the end. */
  url: string;
  access: Access;
  /** Its own code for a failure, of an answer's body; null when that tells none. */
  codeOf?(body: unknown): string | null;
  /** For a whole answer; 30 s unless given. */
  timeoutMs?: number;
}

/** How a service is entered. */
export interface Access {
  /** What a request is sent with. Throws ProviderFailed when access cannot be had. */
  headers(): Promise<Record<string, string>>;
  /** Renews an access that was refused with 401; false when it cannot be renewed. */
  renew?(): Promise<boolean>;
  /** What must never be told. */
  secrets(): readonly string[];
}

/** Access by a token (RFC 6750, section 2.1). */
export function bearer(token: string): Access {
  const headers = { Authorization: `Bearer ${token}` };
  return { headers: () => Promise.resolve(headers), secrets: () => [token] };
}

/** Access by a name and a password (RFC 7617). */
export function basic(user: string, password: string): Access {
  const both = Buffer.from(`${user}:${password}`).toString("base64");
  const headers = { Authorization: `Basic ${both}` };
  return { headers: () => Promise.resolve(headers), secrets: () => [password, both] };
}

/** A configured address of a service, or its usual one, without slashes at the end. */
export function baseUrl(configured: string | undefined, usual: string): string {
  return (configured || usual).replace(/\/+$/, "");
}
