import { hkdfSync } from "node:crypto";
import { encryptionKeys } from "./secret-box.ts";

const ALGORITHM = "HS256";
const PURPOSE = "user tokens";
// The last character has two bits that are none of the signature: they are zero, else it was mistyped.
const SIGNED = /\.[\w-]{42}[AEIMQUYcgkosw048]$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Seconds that a user token is good for: 30 days. */
export const USER_TOKEN_SECONDS = 2_592_000;

/** A user in a workspace, and in which session. */
export interface TokenUser {
  sessionId: string;
  /** The user's number. */
  number: number;
  workspaceId: string;
}

/** Tokens of users of one workspace: JWT (RFC 7519) with HMAC-SHA256. */
export interface UserTokens {
  /** Makes a token that is good for 30 days from a time (Unix seconds) on. */
  issue(of: TokenUser, at: number): Promise<string>;
  /** Whose token it is, or why that is not told. */
  read(token: string): Promise<TokenUser | "expired" | "invalid">;
}

/** The public id of a workspace as an organisation. */
export function organizationId(workspaceId: string): string {
  return `org_${workspaceId.replaceAll("-", "")}`;
}

/** The workspace of an organisation's public id; null for what is none. */
export function workspaceOf(organization: string): string | null {
  const parts = /^org_(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(organization);
  const id = parts?.slice(1).join("-") ?? "";
  return UUID.test(id) ? id : null;
}

/**
 * User tokens signed with a key made (HKDF, RFC 5869) of the first one of `LUMENBASE_ENCRYPTION_KEY`; those
 * of the others are still read. Throws an Error when a key is wrong.
 */
export function userTokens(encryption: string): UserTokens {
  const keys = encryptionKeys(encryption).map((key) =>
    new Uint8Array(hkdfSync("sha256", key, "", PURPOSE, 32))
  );
  return {
    async issue({ sessionId, number, workspaceId }, at) {
      const { SignJWT } = await import("./jwt.ts");
      const [key] = keys;
      if (key === undefined) throw new Error("There is no key to sign user tokens with.");
      return await new SignJWT({ org: organizationId(workspaceId) })
        .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
        .setJti(sessionId).setSubject(String(number))
        .setIssuedAt(at).setExpirationTime(at + USER_TOKEN_SECONDS)
        .sign(key);
    },
    read: (token) => read(token, keys),
  };
}

async function read(
  token: string,
  keys: readonly Uint8Array[],
): Promise<TokenUser | "expired" | "invalid"> {
  if (!SIGNED.test(token)) return "invalid";
  const { errors, jwtVerify } = await import("./jwt.ts");
  for (const key of keys) {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [ALGORITHM],
        requiredClaims: ["jti", "sub", "org", "exp", "iat"],
      });
      return userOf(payload) ?? "invalid";
    } catch (error) {
      if (error instanceof errors.JWTExpired) return "expired";
      if (!(error instanceof errors.JOSEError)) throw error;
    }
  }
  return "invalid";
}

function userOf(
  { jti, sub, org }: { jti?: unknown; sub?: unknown; org?: unknown },
): TokenUser | null {
  const sessionId = String(jti);
  const workspaceId = workspaceOf(String(org));
  if (!UUID.test(sessionId) || workspaceId === null || !/^\d{1,15}$/.test(String(sub))) return null;
  return { sessionId, number: Number(sub), workspaceId };
}
