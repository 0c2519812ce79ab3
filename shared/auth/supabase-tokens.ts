import { Refusal } from "../refusals/refusal.ts";
import type { SignedIn } from "./access-token.ts";
import type { createRemoteJWKSet, errors as joseErrors } from "./jwt.ts";

const ALGORITHMS = ["ES256", "RS256"];
const AUDIENCE = "authenticated";
// A key that is not known is looked for again after so long, as what was revoked is forgotten.
const COOLDOWN_MS = 10_000;
const RETRY_SECONDS = 5;

/** Reads the access tokens of Supabase Auth by the keys that it publishes (JWKS, RFC 7517). */
export class SupabaseTokens {
  readonly #issuer: string;
  readonly #keySet: URL;
  #keys: ReturnType<typeof createRemoteJWKSet> | undefined;

  /**
   * `url` is the address of Supabase Auth, which its tokens name as their issuer. Throws an Error when it
   * is no web address.
   */
  constructor(url: string) {
    this.#issuer = url.replace(/\/+$/, "");
    if (!/^https?:\/\/[^\s?#]+$/.test(this.#issuer) || !URL.canParse(this.#issuer)) {
      throw new Error("SUPABASE_AUTH_URL must be an http or https address without query.");
    }
    this.#keySet = new URL(`${this.#issuer}/.well-known/jwks.json`);
  }

  /**
   * Whose token it is; null for one that is not of this issuer or not good any more. Throws Refusal when
   * the keys to check it with are away.
   */
  async read(token: string): Promise<SignedIn | null> {
    const { createRemoteJWKSet, errors, jwtVerify } = await import("./jwt.ts");
    if (await this.#isOther(token)) return null;
    this.#keys ??= createRemoteJWKSet(this.#keySet, { cooldownDuration: COOLDOWN_MS });
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
      if (isAbout(error, errors)) return null;
      throw new Refusal(
        "unavailable",
        "The keys of Supabase Auth cannot be reached; try again.",
        { retry_after: RETRY_SECONDS },
        { cause: error },
      );
    }
  }

  // Told by the token itself, so only spares asking for the keys.
  async #isOther(token: string): Promise<boolean> {
    const { decodeJwt, errors } = await import("./jwt.ts");
    try {
      return decodeJwt(token).iss !== this.#issuer;
    } catch (error) {
      if (error instanceof errors.JOSEError) return true;
      throw error;
    }
  }
}

// Whether it is the token that is wrong, rather than the key set or the way to it.
function isAbout(error: unknown, errors: typeof joseErrors): boolean {
  return error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) &&
    error.code !== errors.JOSEError.code;
}
