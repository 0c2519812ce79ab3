import { describe, expect, test } from "vitest";
import { authorizationUrl, consentedAccount, CONSENTS } from "../../shared/connected/consents.ts";
import { loadRegistries } from "../../shared/crm/values/registries.ts";
import { type Mishap, standIn } from "../support/providers/stand-in.ts";

const GIVEN = { code: "c", code_verifier: "v", redirect_uri: "https://crm.example.com/" };
const ENV = {
  LUMENBASE_ENCRYPTION_KEY: "set",
  GOOGLE_CLIENT_ID: "g",
  GOOGLE_CLIENT_SECRET: "s",
  MICROSOFT_CLIENT_ID: "m",
  MICROSOFT_CLIENT_SECRET: "s",
};

test("where the server is no app of a provider's, or cannot keep its tokens, nothing is offered, and no consent is taken", async () => {
  const { LUMENBASE_ENCRYPTION_KEY, ...unable } = ENV;
  const env = { LUMENBASE_ENCRYPTION_KEY, GOOGLE_CLIENT_ID: "an-id" };
  for (const one of [env, unable]) {
    expect(CONSENTS.map((consent) => authorizationUrl(consent, one)))
      .toEqual(CONSENTS.map(() => null));
  }
  for (const [consent, variable] of [["gmail", "GOOGLE"], ["teams", "MICROSOFT"]] as const) {
    const message = expect.stringContaining(`${variable}_CLIENT_SECRET`);
    await expect(consentedAccount(consent, GIVEN, "their-id", env))
      .rejects.toMatchObject({ fields: [{ field: "provider", message }] });
  }
});

test("people are led to the pages that the providers document, of the directory that is configured", () => {
  const env = { ...ENV, MICROSOFT_TENANT: "contoso.example" };
  const [gmail, outlook] = [authorizationUrl("gmail", env), authorizationUrl("outlook", env)];
  expect(gmail).toMatch(/^https:\/\/accounts\.google\.com\/o\/oauth2\/v2\/auth\?/);
  expect(outlook)
    .toMatch(
      /^https:\/\/login\.microsoftonline\.com\/contoso\.example\/oauth2\/v2\.0\/authorize\?/,
    );
});

describe("a code that is exchanged", () => {
  async function world(...mishaps: Mishap[]) {
    await loadRegistries();
    const tokens = { access_token: "a", refresh_token: "r", expires_in: 3599 };
    const [endpoint, gmail] = await Promise.all([
      standIn(() => ({ status: 200, body: tokens })),
      standIn(() => ({ status: 200, body: { emailAddress: "Rita@example.com" } })),
    ]);
    const env = {
      ...ENV,
      GOOGLE_TOKEN_URL: endpoint.url,
      MICROSOFT_TOKEN_URL: endpoint.url,
      GMAIL_API_URL: gmail.url,
    };
    const connect = (consent: "gmail" | "teams" = "gmail") =>
      consentedAccount(consent, GIVEN, "their-id", env);
    return { endpoint, gmail: Object.assign(gmail, { mishaps }), connect };
  }

  test("is worth asking for the address again, a few times", async () => {
    const passing = await world({ status: 429, body: {} });
    expect(await passing.connect()).toMatchObject({ fromAddress: "rita@example.com" });
    const failing = Array.from({ length: 9 }, () => ({ status: 500, body: {} }));
    const { gmail, endpoint, connect } = await world(...failing);
    await expect(connect()).rejects.toMatchObject({ mayHaveHappened: true });
    expect([gmail.seen.length, endpoint.seen.length]).toEqual([3, 1]);
  });

  test("may be used when the answer does not come, and is not where it was not looked at", async () => {
    for (
      const [mishap, mayHaveHappened] of [
        [{ cut: "after" }, true],
        [{ status: 502, body: "Bad Gateway" }, true],
        [{ status: 200, body: {} }, true],
        [{ status: 429, body: {} }, false],
        [{ status: 401, body: { error: "invalid_client" } }, false],
      ] as const
    ) {
      const { endpoint, connect } = await world();
      endpoint.mishaps = [mishap];
      await expect(connect()).rejects.toMatchObject({ kind: "provider_failed", mayHaveHappened });
    }
  });

  test("is refused in the words that the refusal calls for", async () => {
    for (const error of ["invalid_grant", "unauthorized_client", "invalid_request"]) {
      const { endpoint, connect } = await world();
      endpoint.mishaps = [{ status: 400, body: { error } }];
      const why = error === "invalid_grant" ? ": it is good once, and for minutes" : "";
      const message = `The consent is not taken by Google (${error})${why}. Ask for consent again.`;
      await expect(connect()).rejects.toMatchObject({ fields: [{ field: "code", message }] });
    }
  });

  test("is not refused where Microsoft does not know the app that the server is", async () => {
    const { endpoint, connect } = await world();
    endpoint.mishaps = [{ status: 400, body: { error: "unauthorized_client" } }];
    const message = expect.stringContaining("MICROSOFT_CLIENT_ID");
    await expect(connect("teams")).rejects.toMatchObject({ kind: "provider_failed", message });
  });
});
