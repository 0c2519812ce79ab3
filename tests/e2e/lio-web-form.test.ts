import { expect, inject, test } from "vitest";
import { webFormTokens } from "../../shared/auth/web-form-token.ts";
import { ApiClient } from "../support/api-client.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { expectLioError, expectLioFields, lioWorld } from "../support/lio.ts";
import { webFormWorld } from "../support/web-forms.ts";

const nobody = () => new ApiClient(inject("gatewayUrl"), null);
const DONE = { success: true, message: "Thank you.", data: { submitted: true } };

test("a form's page asks for its fields without a script, may be framed, and holds no key", async () => {
  const { api, form, page } = await webFormWorld();
  const made = await form({ name: "Talk <to> us" });
  const { status, headers, text, token } = await page(made);
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(headers.get("x-frame-options")).toBeNull();
  expect(headers.get("content-security-policy")).not.toContain("frame-ancestors");
  expect(text).not.toMatch(/<script/i);
  expect(text).toContain("<title>Talk &lt;to&gt; us</title>");
  expect(text).not.toContain(api.key ?? "none");
  expect(text.match(/<form /g)).toHaveLength(1);
  expect(text).toMatch(
    new RegExp(`<form method="post" action="https?://[^"]+/lio/api/${made.path}"`),
  );
  expect(text).toContain('<label for="f-email"');
  expect(text).toMatch(/<input type="email" id="f-email" name="email" required/);
  expect(text).toContain('<option value="Pro &amp; &lt;more&gt;">Pro &amp; &lt;more&gt;</option>');
  expect(text).toMatch(/name="_hp" type="text" tabindex="-1"/);
  expect(token).toMatch(/^\d+\.[\w-]{43}$/);
});

test("what is submitted on the page makes the lead, with a signal, and completes it the next time", async () => {
  const { form, submit, leads } = await webFormWorld();
  const made = await form({ tags: ["web"] });
  const first = await submit(made, { email: "Jane@Acme.com", plan: "Basic", utm: "spring" });
  expect(first.status, first.text).toBe(200);
  expect(first.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(first.text).toContain("Thank you.");
  const again = await submit(made, { email: "jane@acme.com", first_name: "Jane" }, "*/*");
  expect([again.status, again.body]).toEqual([201, DONE]);
  expect(await leads()).toEqual([{
    first_name: "Jane",
    email: "jane@acme.com",
    source: "website",
    custom_fields: { plan: "Basic", utm: "spring" },
    signals: ["form_submitted", "form_submitted"],
  }]);
});

test("what is wrong is told beside its field, and what was typed stays", async () => {
  const { form, submit, leads } = await webFormWorld();
  const made = await form();
  const { status, text } = await submit(made, {
    first_name: 'Jane "J" <Roe>',
    email: "no address",
    plan: "Gold",
  });
  expect(status).toBe(422);
  expect(text).toContain('value="Jane &quot;J&quot; &lt;Roe&gt;"');
  expect(text).toContain('value="no address"');
  expect(text).toContain('<p class="error" id="e-email">');
  expect(text).toMatch(
    /id="f-email" name="email" required aria-invalid="true" aria-describedby="e-email"/,
  );
  expect(text).toContain('<p class="error" id="e-plan">');
  expect(text).toContain('role="alert"');
  expectLioFields(
    await submit(made, { email: "", plan: "Gold" }, "application/json"),
    422,
    "email",
    "plan",
  );
  expect(await leads()).toEqual([]);
});

test("an optional email that is none is told as well", async () => {
  const { form, submit } = await webFormWorld();
  const fields = ["first_name", "email"].map((key) => ({
    key,
    label: key,
    type: key === "email" ? "email" : "text",
    required: false,
    options: null,
    maps_to: key,
  }));
  const made = await form({ fields });
  const answer = await submit(made, { first_name: "Jane", email: "none" }, "application/json");
  expectLioFields(answer, 422, "email");
});

test("a program that fills in the trap is answered as if it were done", async () => {
  const { form, submit, leads } = await webFormWorld();
  const [plain, own] = [await form(), await form({ honeypot_field: "website" })];
  expect((await submit(plain, { email: "a@acme.com", _hp: "x" }, "*/*")).body).toEqual(DONE);
  expect((await submit(own, { email: "a@acme.com", website: "x" }, "*/*")).body).toEqual(DONE);
  expect(await leads()).toEqual([]);
});

test("the form's own message and address answer a page", async () => {
  const { form, submit } = await webFormWorld();
  const message = await submit(await form({ success_message: "Bis <bald>" }), {
    email: "a@acme.com",
  });
  expect(message.text).toContain("Bis &lt;bald&gt;");
  const away = await form({ redirect_url: "https://acme.com/thanks" });
  const redirected = await submit(away, { email: "a@acme.com" });
  expect(redirected.status).toBe(303);
  expect(redirected.headers.get("location")).toBe("https://acme.com/thanks");
});

test("a key, a user or the page proves who submits; nothing else does", async () => {
  const { admin, user, api, keyed, form, leads } = await webFormWorld();
  const made = await form();
  const path = `lio/api/${made.path}`;
  expect((await api.post(made.path, { email: "key@acme.com" })).body).toEqual(DONE);
  expect((await admin.api.post(made.path, { email: "user@acme.com" })).status).toBe(201);
  const inFrame = await nobody().post(`${path}?api_key=${api.key}`, { email: "frame@acme.com" });
  expect(inFrame.status, inFrame.text).toBe(201);
  expect((await leads()).map(({ email }) => email))
    .toEqual(["key@acme.com", "user@acme.com", "frame@acme.com"]);
  const bare = await nobody().post(path, { email: "a@acme.com" });
  expectLioError(bare, 401, "authentication_error", "api_key_missing");
  expectLioError(await nobody().get(path), 401, "authentication_error", "api_key_missing");
  const viewer = await user("viewer");
  const refused = await viewer.api.post(made.path, { email: "a@acme.com" });
  expectLioError(refused, 403, "permission_error", "role");
  const reader = await keyed({ scopes: ["leads:read"] });
  expectLioError(await reader.get(made.path), 403, "permission_error", "scope_missing");
});

test("a page that is a day old, of another form or made up is refused", async () => {
  const { form } = await webFormWorld();
  const [made, other] = [await form(), await form()];
  const tokens = webFormTokens(FUNCTIONS_ENVIRONMENT.LUMENBASE_ENCRYPTION_KEY ?? "");
  const now = Math.floor(Date.now() / 1_000);
  const good = tokens.issue(made.link, now);
  const send = (_token: unknown) =>
    nobody().post(`lio/api/${made.path}`, { _token, email: "a@acme.com" });
  expect((await send(good)).status).toBe(201);
  for (
    const bad of [
      tokens.issue(made.link, now - 86_401),
      tokens.issue(other.link, now),
      good.replace(/.$/, good.endsWith("A") ? "B" : "A"),
      good.replace(/^\d/, "9"),
      "x",
      1,
    ]
  ) {
    expectLioError(await send(bad), 403, "permission_error", "bad_signature");
  }
});

test("a form of another organisation, one that is unknown or not active has no page", async () => {
  const { api, form } = await webFormWorld();
  const inactive = await form({ is_active: false });
  const foreign = await (await lioWorld()).keyed();
  const made = await form();
  for (
    const answer of [
      await api.get(inactive.path),
      await api.post(inactive.path, { email: "a@acme.com" }),
      await api.get("v1/web-form/none"),
      await foreign.get(made.path),
      await foreign.post(made.path, { email: "a@acme.com" }),
    ]
  ) {
    expectLioError(answer, 404, "not_found");
  }
});

test("a form takes ten submissions a minute from an address", async () => {
  const { api, form } = await webFormWorld();
  const made = await form();
  const answers = await Promise.all(
    Array.from({ length: 21 }, (_, n) => api.post(made.path, { email: `p${n}@acme.com` })),
  );
  const refused = answers.filter(({ status }) => status === 429);
  // Those of two minutes, at most.
  expect(refused.length).toBeGreaterThanOrEqual(1);
  expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(10);
  expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
});

test("a submission under an idempotency key is taken once", async () => {
  const { api, form, leads } = await webFormWorld();
  const made = await form();
  const send = () => api.post(made.path, { email: "a@acme.com" }, { "idempotency-key": "k" });
  const [first, second] = [await send(), await send()];
  expect([first.status, second.status, second.text]).toEqual([201, 201, first.text]);
  expect((await leads())[0]?.signals).toEqual(["form_submitted"]);
});
