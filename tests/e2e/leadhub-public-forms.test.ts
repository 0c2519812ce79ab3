import http from "node:http";
import { expect, inject, test } from "vitest";
import { ApiClient } from "../support/api-client.ts";
import { FIELDS, formWorld, FULL, taken, type WebFields } from "../support/forms.ts";
import { expectInvalid, LeadHubClient } from "../support/leadhub.ts";
import { grantedTables, rowsOf } from "../support/tenant-tables.ts";

// Without a key, by the form's address.

test("is answered in short", async () => {
  const { form, submitPublic, api } = await formWorld({ success_message: "Thanks" });
  const answer = await submitPublic(FULL);
  expect(taken(answer)).toEqual({
    id: expect.any(Number),
    form_id: form.id,
    message: "Thanks",
    redirect_url: null,
  });
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(await api.listed("leads")).toMatchObject([{ email: "sarah@example.com" }]);
  const { text } = await submitPublic({ email: "no", phone: "+14155551234", extra: 1 });
  expect(text).not.toContain("warnings");
});

test("is refused what a key is refused", async () => {
  const { api, form, submitPublic } = await formWorld();
  expectInvalid(await submitPublic({ email: "no" }), {
    email: ["The email field must be a valid email address."],
  });
  await api.patch(`forms/${form.id}`, { is_active: false });
  expect((await submitPublic(FULL)).status).toBe(409);
});

test("works from the form of a page of any origin, without script", async () => {
  const { api, submitWeb, lead } = await formWorld();
  const rest: WebFields = [
    ["message", "Grüße\r\n+ & ="],
    ["seats", "007"],
    ["topic", "Sales"],
    ["days", "Mon"],
    ["terms", "on"],
    ["first_name", ""],
  ];
  for (const multipart of [false, true]) {
    const email = `${multipart}ümit@example.com`;
    taken(await submitWeb([["email", email], ...rest], multipart));
    const [{ id }] = await api.listed("leads");
    expect(await lead(id)).toMatchObject({
      email,
      notes: "Grüße\r\n+ & =",
      first_name: null,
      custom_fields: { seats: 7, topic: "Sales", days: ["Mon"], terms: true },
    });
  }
  const repeated = [["email", "b@example.com"], ["days", "Mon"], ["days", "Tue"]] as const;
  taken(await submitWeb(repeated));
  expect((await api.listed("leads"))[0].custom_fields).toEqual({ days: ["Mon", "Tue"] });
});

test("goes on where the form says, from a page", async () => {
  const { submitWeb, submitPublic, submit } = await formWorld({
    redirect_url: "https://example.com/danke schön?x=1",
  });
  for (const multipart of [false, true]) {
    const { status, headers, text } = await submitWeb([["email", "a@example.com"]], multipart);
    expect([status, headers.get("location"), text])
      .toEqual([303, "https://example.com/danke%20sch%C3%B6n?x=1", ""]);
  }
  expect(taken(await submitPublic(FULL)).redirect_url).toBe(
    "https://example.com/danke schön?x=1",
  );
  expect((await submit(FULL)).status).toBe(201);
  expect((await submitWeb([["email", "no"]])).status).toBe(422);
});

test("takes JSON that is called a form, as curl does", async () => {
  const { api, form } = await formWorld();
  const [path, query] = String(form.submit_url).replace(/^.*\/api\/v1\//, "").split("?");
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const raw = JSON.stringify({ email: "a@example.com", days: ["Mon"] });
  taken(
    await new LeadHubClient(inject("gatewayUrl"), null).send("POST", `${path}?${query}`, {
      raw,
      headers,
    }),
  );
  expect(await api.listed("leads")).toMatchObject([{ email: "a@example.com" }]);
});

test("with a body that is no form, or none at all, is refused", async () => {
  const { api, form } = await formWorld();
  const send = (raw: string | Uint8Array, type: string) =>
    api.send("POST", `forms/${form.id}/submissions`, {
      raw: raw as string,
      headers: { "content-type": type },
    });
  for (
    const [raw, type] of [
      ["", "application/x-www-form-urlencoded"],
      ["x", "multipart/form-data"],
      ["--b", "multipart/form-data; boundary=b"],
      ["", "application/json"],
      ["[1]", "application/json"],
      ['{"a": 1, "a": 2}', "application/json"],
      [new Uint8Array([0x7b, 0xff]), "application/json"],
      [
        Array.from({ length: 1_001 }, (_, n) => `k${n}=1`).join("&"),
        "application/x-www-form-urlencoded",
      ],
    ] as const
  ) {
    const { status, body } = await send(raw, type);
    expect([type, status, Object.keys(body.errors ?? {})]).toEqual([type, 422, ["body"]]);
  }
  expect((await send(`email=${"x".repeat(51_200)}`, "application/x-www-form-urlencoded")).status)
    .toBe(413);
  expect((await send("a", "text/plain")).body.code).toBe("UNSUPPORTED_MEDIA_TYPE");
});

test("keeps a file's name", async () => {
  const { api, submitWeb } = await formWorld();
  const file = new File(["%PDF"], "Lebenslauf ü.pdf", { type: "application/pdf" });
  taken(await submitWeb([["email", "a@example.com"], ["cv", file]], true));
  const [lead] = await api.listed("leads");
  expect(lead.custom_fields).toEqual({ cv: "Lebenslauf ü.pdf" });
});

test("needs the token of that form", async () => {
  const { form, api } = await formWorld();
  const other = await api.made("forms", { name: "G", fields: FIELDS, public: true });
  const nobody = new ApiClient(inject("gatewayUrl"), null);
  const send = (query: string) =>
    nobody.post(`leadhub/api/v1/forms/${form.id}/submissions${query}`, FULL);
  const [token = ""] = String(form.submit_url).split("=").slice(1);
  const foreign = String(other.submit_url).split("=")[1] ?? "";
  for (const query of ["", "?token=", "?token=lhf_x", `?token=${foreign}`, `?token=${token}x`]) {
    const { status, body } = await send(query);
    expect([query, status, body.code]).toEqual([query, 401, "UNAUTHORIZED"]);
  }
  const changed = token.replace(/_(.)/, (_, one) => `_${one === "a" ? "b" : "a"}`);
  expect((await send(`?token=${changed}`)).status).toBe(401);
  expect((await send(`?token=${token}`)).status).toBe(201);
  // A token is no key.
  expect((await new ApiClient(inject("gatewayUrl"), token).get("leadhub/api/v1/forms")).status)
    .toBe(401);
});

test("its token is nowhere readable in the database", async () => {
  const { id, api } = await formWorld();
  const body = { name: "G", fields: FIELDS, public: true };
  const { body: { data } } = await api.post("forms", body, { "idempotency-key": "1" });
  const secret = String(data.submit_url).split("_").at(-1) ?? "";
  expect(secret).toHaveLength(49);
  const tables = await grantedTables();
  const rows = await Promise.all(tables.map((table) => rowsOf(table, id)));
  expect(JSON.stringify(rows)).toContain(data.name);
  expect(JSON.stringify(rows)).not.toContain(secret);
});

test("is taken 10 times a minute for each address and form", async () => {
  const { form, api } = await formWorld();
  const other = await api.made("forms", { name: "G", fields: FIELDS, public: true });
  const statuses = async (url: string, address: string, count: number) => {
    const sent = Array.from({ length: count }, () => postFrom(address, url, { email: "a@x.de" }));
    return (await Promise.all(sent)).toSorted();
  };
  // Those of one minute may be counted in two; more than two tens of them are never taken.
  const first = await statuses(form.submit_url, "127.0.0.2", 25);
  const ok = first.filter((status) => status === 201).length;
  expect(ok).toBeGreaterThanOrEqual(10);
  expect(ok).toBeLessThanOrEqual(20);
  expect(first.filter((status) => status === 429).length).toBe(25 - ok);
  expect(await statuses(form.submit_url, "127.0.0.3", 1)).toEqual([201]);
  expect(await statuses(other.submit_url, "127.0.0.2", 1)).toEqual([201]);
  // A key's submissions are not counted there.
  expect((await api.post(`forms/${form.id}/submissions`, FULL)).status).toBe(201);
});

/** The status of a submission from one of this machine's own addresses. */
function postFrom(localAddress: string, url: string, values: object): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json" };
    const { hostname, port } = new URL(inject("gatewayUrl"));
    const { pathname, search } = new URL(url);
    const options = {
      hostname,
      port,
      path: pathname + search,
      method: "POST",
      localAddress,
      headers,
    };
    http.request(options, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode ?? 0));
    }).once("error", reject).end(JSON.stringify(values));
  });
}
