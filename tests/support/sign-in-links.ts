import { signInTokens } from "../../shared/auth/sign-in-link.ts";
import { expect } from "vitest";
import { ApiClient, type ApiResponse } from "./api-client.ts";
import { type Person, spared } from "./people.ts";
import type { RunningStack } from "./stack.ts";
import { asOwner, gatewayUrl } from "./workspace.ts";

/** Makes a link for a person, and answers its token. */
export async function signInLink(
  { workspace, userId }: Pick<Person, "workspace" | "userId">,
  expiresIn = "15 minutes",
): Promise<string> {
  const { token, publicId, hash } = signInTokens.generate();
  await asOwner(
    `insert into crm.sign_in_links (workspace_id, user_id, public_id, token_hash, expires_at)
      values ($1, $2, $3, $4, now() + $5::interval)`,
    [workspace.id, userId, publicId, Buffer.from(hash), expiresIn],
  );
  return token;
}

/** Signs in to the native API. */
export function signIn(body: object, headers: Record<string, string> = {}): Promise<ApiResponse> {
  const client = new ApiClient(gatewayUrl(), null);
  return spared(client.send("POST", "v1-public-sign-in", { body, headers }));
}

/** Follows the link to the console that a stack printed, and answers who is signed in by it. */
export async function followLink(
  { output, baseUrl }: Pick<RunningStack, "output" | "baseUrl">,
): Promise<string> {
  const [, address, token] = /^ {2}Console {4}(\S+)\/#\/link\/(\S+)$/m.exec(output()) ?? [];
  expect(address).toBe(`${baseUrl}/console`);
  const { status, text, body } = await new ApiClient(new URL(baseUrl).origin, null)
    .post("v1-public-sign-in", { token });
  expect(status, text).toBe(200);
  const { user, workspace } = body.data;
  return `${user.email}, ${user.role} of ${workspace.slug}`;
}
