import { randomUUID } from "node:crypto";
import { type Answered, type Seen, type StandIn, standIn } from "./stand-in.ts";

/** Who may renew what. */
export interface Client {
  clientId: string;
  clientSecret: string;
  refreshToken: string;
}

/** A local server that renews access as Google's and Microsoft's do (RFC 6749, section 6). */
export interface TokenEndpoint extends StandIn {
  /** The access tokens that hold. */
  tokens: Set<string>;
  /** In seconds. */
  expiresIn: number;
  /** Whether each renewal comes with a new refresh token, as Microsoft's do. */
  isRotating: boolean;
  client: Client;
  /** What happens while it is asked. */
  meanwhile(): Promise<unknown>;
}

/** Starts a stand-in that ends with the test. */
export async function tokenEndpoint(client: Client): Promise<TokenEndpoint> {
  const own = {
    tokens: new Set<string>(),
    expiresIn: 3599,
    isRotating: false,
    client: { ...client },
    meanwhile: () => Promise.resolve(),
  };
  const endpoint: TokenEndpoint = Object.assign(
    await standIn(async (request) => {
      await endpoint.meanwhile();
      return renewal(endpoint, request);
    }),
    own,
  );
  return endpoint;
}

/** Answers a request to renew an access. */
export function renewal(
  endpoint: Pick<TokenEndpoint, "client" | "tokens" | "expiresIn" | "isRotating">,
  { method, headers, body }: Seen,
): Answered {
  const { client, tokens } = endpoint;
  const given = new URLSearchParams(body.toString());
  if (method !== "POST" || headers["content-type"] !== "application/x-www-form-urlencoded") {
    return { status: 400, body: { error: "invalid_request" } };
  }
  if (given.get("grant_type") !== "refresh_token") {
    return { status: 400, body: { error: "unsupported_grant_type" } };
  }
  if (
    given.get("client_id") !== client.clientId || given.get("client_secret") !== client.clientSecret
  ) {
    return { status: 401, body: { error: "invalid_client", error_description: "Unauthorized" } };
  }
  if (given.get("refresh_token") !== client.refreshToken) {
    const error_description = "Token has been expired or revoked.";
    return { status: 400, body: { error: "invalid_grant", error_description } };
  }
  const access_token = `access-${randomUUID()}`;
  tokens.add(access_token);
  if (endpoint.isRotating) client.refreshToken = `refresh-${randomUUID()}`;
  return {
    status: 200,
    body: {
      token_type: "Bearer",
      access_token,
      expires_in: endpoint.expiresIn,
      ...(endpoint.isRotating ? { refresh_token: client.refreshToken } : {}),
    },
  };
}

/** Whether a request has a token that holds. */
export function isAuthorized({ tokens }: TokenEndpoint, { headers }: Seen): boolean {
  const [, token = ""] = /^Bearer (.+)$/.exec(headers.authorization ?? "") ?? [];
  return tokens.has(token);
}
