import { createHash, randomBytes } from "node:crypto";
import type { ApiClient, Json } from "./api-client.ts";

/** Where consents and what comes of them are told. */
export const CONSENTS = "v1-public-connected-accounts/consents";

/** Consents at a provider's page, as a browser would; answers the body that connects the account. */
export async function consented(
  api: ApiClient,
  provider: string,
  choice = "Allow",
): Promise<Record<string, string>> {
  const { body: { data } } = await api.get(CONSENTS);
  const offered = data.items.find((one: Json) => one.provider === provider);
  const page = new URL(offered.authorization_url);
  const code_verifier = randomBytes(32).toString("base64url");
  const redirect_uri = "https://crm.example.com/console";
  const asked = {
    redirect_uri,
    state: "the state",
    code_challenge: createHash("sha256").update(code_verifier).digest("base64url"),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(asked)) page.searchParams.set(name, value);
  const html = await (await fetch(page)).text();
  const [, link = html] = new RegExp(`href="([^"]+)">${choice}<`).exec(html) ?? [];
  const code = new URL(link.replaceAll("&amp;", "&")).searchParams.get("code") ?? "";
  const isMail = provider === "gmail" || provider === "outlook";
  return {
    provider,
    code,
    code_verifier,
    redirect_uri,
    ...(isMail ? { from_name: "Rita Møller" } : {}),
  };
}
