import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { stubServer } from "./stub-server.ts";

/** A local stand-in for Supabase Auth: the keys that it publishes, and tokens that it signs. */
export interface KeySet {
  /** What the tokens name as their issuer. */
  url: string;
  /** How often the keys were asked for. */
  asked: number;
  /** What is answered in place of the keys; null: those. */
  trouble: { status: number; body: string } | null;
  /** Publishes another key in place of the ones before, and signs with it. */
  rotate(alg?: "ES256" | "RS256"): Promise<void>;
  /** A token of a person, with other claims than the usual. */
  token(email: string, changes?: JWTPayload, header?: object): Promise<string>;
}

const MINUTES = 60;

export async function keySet(first: "ES256" | "RS256" = "ES256"): Promise<KeySet> {
  let current = await newKey(first);
  const server = await stubServer(({ url }, response) => {
    set.asked++;
    const { status, body } = url !== "/auth/v1/.well-known/jwks.json"
      ? { status: 404, body: "{}" }
      : set.trouble ?? { status: 200, body: JSON.stringify({ keys: [current.published] }) };
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  });
  const set: KeySet = {
    url: `${server}/auth/v1`,
    asked: 0,
    trouble: null,
    async rotate(next = first) {
      current = await newKey(next);
    },
    async token(email, changes = {}, header = {}) {
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: set.url,
        aud: "authenticated",
        sub: crypto.randomUUID(),
        role: "authenticated",
        email,
        iat: now,
        exp: now + 60 * MINUTES,
        ...changes,
      };
      const { alg, kid } = current.published;
      return await new SignJWT(JSON.parse(JSON.stringify(claims)))
        .setProtectedHeader({ alg, kid, typ: "JWT", ...header })
        .sign(current.privateKey);
    },
  };
  return set;
}

async function newKey(alg: string) {
  const { publicKey, privateKey } = await generateKeyPair(alg);
  const published = { ...await exportJWK(publicKey), alg, kid: crypto.randomUUID(), use: "sig" };
  return { privateKey, published };
}
