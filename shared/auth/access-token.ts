import { hkdfSync } from "node:crypto";
import { encryptionKeys } from "./secret-box.ts";

const ALGORITHM = "HS256";
const AUDIENCE = "lumenbase";
const PURPOSE = "access tokens";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Seconds that an access token is good for. */
export const ACCESS_SECONDS = 3_600;

/** Who signed in, and in which session; null for a session of another issuer. */
export interface SignedIn {
  email: string;
  sessionId: string | null;
}

/** Access tokens of sessions: JWT (RFC 7519) with HMAC-SHA256. */
export interface AccessTokens {
  /** Makes a token of a session, good for an hour. */
  issue(of: { email: string; sessionId: string }): Promise<string>;
  /** Whose token it is; null for one that is not of this issuer, for it, or good any more. */
  read(token: string): Promise<SignedIn | null>;
}

/**
 * Access tokens signed with a key made (HKDF, RFC 5869) of the first one of `LUMENBASE_ENCRYPTION_KEY`;
 * those of the others are still read. Throws an Error when a key is wrong.
 */
export function accessTokens(encryption: string, publicUrl: string): AccessTokens {
  const keys = encryptionKeys(encryption).map(signingKey);
  const issuer = `${publicUrl}/auth`;
  return {
    async issue({ email, sessionId }) {
      const { SignJWT } = await import("./jwt.ts");
      const [key] = keys;
      if (key === undefined) throw new Error("There is no key to sign access tokens with.");
      return await new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
        .setIssuer(issuer).setAudience(AUDIENCE).setSubject(email)
        .setIssuedAt().setExpirationTime(`${ACCESS_SECONDS}s`)
        .sign(key);
    },
    async read(token) {
      const { errors, jwtVerify } = await import("./jwt.ts");
      for (const key of keys) {
        try {
          const { payload: { sub, sid } } = await jwtVerify(token, key, {
            algorithms: [ALGORITHM],
            issuer,
            audience: AUDIENCE,
            requiredClaims: ["sub", "exp", "sid"],
          });
          return isText(sub) && isText(sid) && UUID.test(sid)
            ? { email: sub, sessionId: sid }
            : null;
        } catch (error) {
          if (!(error instanceof errors.JOSEError)) throw error;
        }
      }
      return null;
    },
  };
}

function isText(claim: unknown): claim is string {
  return typeof claim === "string";
}

function signingKey(key: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", key, "", PURPOSE, 32));
}
