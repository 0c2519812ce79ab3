import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectLioError, expectLioFields, type LioClient, TIME } from "../support/lio.ts";
import { mailUser, smtpFields } from "../support/lio-mail.ts";
import {
  ADDRESS,
  type MailServices,
  mailServices,
  PASSWORD,
  TOKEN,
} from "../support/mail-services.ts";
import { CLIENT } from "../support/providers/oauth-worlds.ts";
import { asOwner } from "../support/workspace.ts";

let services: MailServices;
beforeAll(async () => {
  services = await mailServices();
});
afterAll(() => services.stop());

const given = (more: object = {}): Json => ({
  mailer: "gmail",
  from_address: ADDRESS,
  from_name: "Rita Rep",
  password: TOKEN,
  ...more,
});
const server = (more: object = {}) =>
  given({ mailer: "smtp", password: PASSWORD, ...smtpFields(services), ...more });

async function listed(api: LioClient, query = ""): Promise<number[]> {
  const { body } = await api.get(`mail-configurations/list?${query}`);
  expect(body.total).toBe(body.data.length);
  return body.data.map(({ id }: { id: number }) => id);
}

test("accounts of each kind are tried and added, the first as the default, and listed to their user", async () => {
  const { api, user, other } = await mailUser(services);
  const first = await api.made(
    "mail-configurations/add",
    given({ from_address: "Rita@Example.com" }),
  );
  expect(first).toEqual({
    id: expect.any(Number),
    mailer: "gmail",
    from_address: ADDRESS,
    from_name: "Rita Rep",
    is_default: true,
    state_id: 1,
    last_error: null,
    user_id: user.number,
    created_at: TIME,
  });
  const second = await api.made("mail-configurations/add", given({ mailer: "outlook" }));
  const third = await api.made("mail-configurations/add", server());
  expect([second.is_default, third.is_default]).toEqual([false, false]);
  const { body } = await api.get("mail-configurations/list?order_by=id&order_in=asc");
  expect(body.data).toEqual([first, second, third]);
  expect(await listed(api, "mailer=smtp")).toEqual([third.id]);
  expect(await listed(api, "state_id=0")).toEqual([]);
  expect(await listed(api, "state_id=1&limit=10")).toHaveLength(3);
  expect(await listed(api, "end_date=2020-01-01")).toEqual([]);
  expectLioFields(await api.get("mail-configurations/list?mailer=yahoo"), 400, "mailer");
  expect(await listed(await other("admin"))).toEqual([]);
  expect(await listed(await other("viewer"))).toEqual([]);
  const viewer = await other("viewer");
  expectLioError(
    await viewer.post("mail-configurations/add", given()),
    403,
    "permission_error",
    "role",
  );
});

test("an account that is added again is replaced", async () => {
  const { api } = await mailUser(services);
  const first = await api.made("mail-configurations/add", given());
  const again = await api.made("mail-configurations/add", given({ from_name: "R. Rep" }));
  expect(again).toEqual({ ...first, from_name: "R. Rep" });
  expect(await listed(api)).toEqual([first.id]);
});

test("of many at once one is the default", async () => {
  const { api } = await mailUser(services);
  const made = await Promise.all(
    Array.from(
      { length: 6 },
      (_, at) => api.made("mail-configurations/add", given({ from_address: `${at}@example.com` })),
    ),
  );
  expect(made.filter(({ is_default }) => is_default)).toHaveLength(1);
});

describe("credentials", () => {
  test("that are refused are told of the password, and nothing is kept", async () => {
    const { api } = await mailUser(services);
    const add = (body: object) => api.post("mail-configurations/add", body);
    const wrong = "not-the-password";
    for (const body of [given(), given({ mailer: "outlook" }), server()]) {
      const answer = await add({ ...body, password: wrong });
      expectLioFields(answer, 422, "password");
      expect(answer.text).not.toContain(wrong);
    }
    expect(await listed(api)).toEqual([]);
  });

  test("that have ended are renewed, and kept as they are then", async () => {
    const { api, workspace } = await mailUser(services);
    const { clientId: client_id, clientSecret: client_secret, refreshToken: refresh_token } =
      CLIENT;
    const tokens = { client_id, client_secret, refresh_token };
    const ended = given({ ...tokens, password: "ended", expires_at: "2020-01-01T00:00:00Z" });
    const { id } = await api.made("mail-configurations/add", ended);
    const wrong = { ...ended, client_secret: "wrong", from_address: "other@example.com" };
    expectLioFields(await api.post("mail-configurations/add", wrong), 422, "password");
    const sent = await api.post(`inbox/send?config_id=${id}`, {
      to: "jane@acme.com",
      subject: "x",
      body: "x",
    });
    expect(sent.status, sent.text).toBe(201);
    const [row] = await asOwner<{ secrets: string }>(
      "select secrets from crm.connected_accounts where workspace_id = $1",
      [workspace.id],
    );
    expect(row?.secrets).not.toContain(refresh_token);
  });

  test("that cannot be tried are told as the provider's failure", async () => {
    const { api } = await mailUser(services);
    services.gmail.mishaps.push({ status: 503, body: {} }, { cut: "before" });
    for (let nth = 0; nth < 2; nth++) {
      expectLioError(
        await api.post("mail-configurations/add", given()),
        502,
        "provider_error",
      );
    }
    const nobody = server({ smtp_port: 1 });
    expectLioError(await api.post("mail-configurations/add", nobody), 502, "provider_error");
    const unknown = server({ smtp_host: "smtp.invalid", smtp_security: "tls" });
    expectLioError(await api.post("mail-configurations/add", unknown), 502, "provider_error");
    expect(await listed(api)).toEqual([]);
  });
});

test("what cannot be an account is told by field", async () => {
  const { api } = await mailUser(services);
  const add = (body: object) => api.post("mail-configurations/add", body);
  expectLioFields(await add({}), 422, "mailer", "from_address", "from_name", "password");
  expectLioFields(await add(given({ mailer: "yahoo" })), 422, "mailer");
  expectLioFields(await add(given({ password: "pässwörd\r\nX: y" })), 422, "password");
  expectLioFields(await add(given({ from_name: "a\r\nBcc: x@y.z" })), 422, "from_name");
  expectLioFields(await add(given({ smtp_host: "smtp.example.com" })), 422, "smtp_host");
  expectLioFields(await add(server({ smtp_host: null })), 422, "smtp_host");
  expectLioFields(await add(server({ refresh_token: "x" })), 422, "refresh_token");
  expectLioFields(await add(server({ imap_host: null })), 422, "imap_host");
  expectLioFields(await add(server({ smtp_port: 70_000 })), 422, "smtp_port");
  for (const host of ["10.0.0.1", "169.254.169.254", "[::1]", "192.168.0.1"]) {
    const name = host.replaceAll(/[[\]]/g, "");
    const tls = { smtp_security: "tls", smtp_host: name };
    expectLioFields(await add(server(tls)), 422, "smtp_host");
    expectLioFields(await add(server({ imap_host: name })), 422, "imap_host");
  }
  const plain = server({ smtp_host: "smtp.example.com", smtp_security: "none" });
  expectLioFields(await add(plain), 422, "smtp_host");
  expect(await listed(api)).toEqual([]);
});
