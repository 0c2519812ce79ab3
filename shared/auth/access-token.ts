import { Buffer } from "node:buffer";
import { hkdfSync } from "node:crypto";

const ALGORITHM = "HS256";
const AUDIENCE = "lumenbase";
const PURPOSE = "access tokens";

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
 * those of the others are still read.
 */
export function accessTokens(encryptionKeys: string, publicUrl: string): AccessTokens {
  const keys = encryptionKeys.split(",").map((text) => signingKey(text.trim()));
  const issuer = `${publicUrl}/auth`;
  return {
    async issue({ email, sessionId }) {
      const { SignJWT } = await import("./jwt.ts");
      return await new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
        .setIssuer(issuer).setAudience(AUDIENCE).setSubject(email)
        .setIssuedAt().setExpirationTime(`${ACCESS_SECONDS}s`)
        .sign(keys[0] ?? new Uint8Array());
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
          return { email: String(sub), sessionId: String(sid) };
        } catch (error) {
          if (!(error instanceof errors.JOSEError)) throw error;
        }
      }
      return null;
    },
  };
}

function signingKey(text: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", Buffer.from(text, "base64"), "", PURPOSE, 32));
}
