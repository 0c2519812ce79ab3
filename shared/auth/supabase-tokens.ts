import type { SignedIn } from "./access-token.ts";
import type { createRemoteJWKSet } from "./jwt.ts";

const ALGORITHMS = ["ES256", "RS256"];
const AUDIENCE = "authenticated";

/** Reads the access tokens of Supabase Auth by the keys that it publishes (JWKS, RFC 7517). */
export class SupabaseTokens {
  readonly #issuer: string;
  #keys: ReturnType<typeof createRemoteJWKSet> | undefined;

  /** `url` is the address of Supabase Auth, which its tokens name as their issuer. */
  constructor(url: string) {
    this.#issuer = url.replace(/\/+$/, "");
  }

  /** Whose token it is; null for one that is not of this issuer or not good any more. */
  async read(token: string): Promise<SignedIn | null> {
    const { createRemoteJWKSet, errors, jwtVerify } = await import("./jwt.ts");
    this.#keys ??= createRemoteJWKSet(new URL(`${this.#issuer}/.well-known/jwks.json`));
    try {
      const { payload: { email } } = await jwtVerify(token, this.#keys, {
        algorithms: ALGORITHMS,
        issuer: this.#issuer,
        audience: AUDIENCE,
        requiredClaims: ["sub", "exp", "email"],
      });
      if (typeof email !== "string" || email === "") return null;
      return { email: email.toLowerCase(), sessionId: null };
    } catch (error) {
      // A key set that cannot be fetched proves nobody.
      if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
      throw error;
    }
  }
}
