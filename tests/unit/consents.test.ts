import { expect, test } from "vitest";
import { authorizationUrl, consentedAccount, CONSENTS } from "../../shared/connected/consents.ts";

const GIVEN = { code: "c", code_verifier: "v", redirect_uri: "https://crm.example.com/" };

test("where the server is no app of a provider's, nothing is offered, and no consent is taken", async () => {
  const env = { GOOGLE_CLIENT_ID: "an-id" };
  expect(CONSENTS.map((consent) => authorizationUrl(consent, env)))
    .toEqual(CONSENTS.map(() => null));
  for (const [consent, variable] of [["gmail", "GOOGLE"], ["teams", "MICROSOFT"]] as const) {
    const message = expect.stringContaining(`${variable}_CLIENT_SECRET`);
    await expect(consentedAccount(consent, GIVEN, "their-id", env))
      .rejects.toMatchObject({ fields: [{ field: "provider", message }] });
  }
});

test("people are led to the pages that the providers document, of the directory that is configured", () => {
  const env = {
    GOOGLE_CLIENT_ID: "g",
    GOOGLE_CLIENT_SECRET: "s",
    MICROSOFT_CLIENT_ID: "m",
    MICROSOFT_CLIENT_SECRET: "s",
    MICROSOFT_TENANT: "contoso.example",
  };
  const [gmail, outlook] = [authorizationUrl("gmail", env), authorizationUrl("outlook", env)];
  expect(gmail).toMatch(/^https:\/\/accounts\.google\.com\/o\/oauth2\/v2\/auth\?/);
  expect(outlook)
    .toMatch(
      /^https:\/\/login\.microsoftonline\.com\/contoso\.example\/oauth2\/v2\.0\/authorize\?/,
    );
});
