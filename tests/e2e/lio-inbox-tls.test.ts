import { expect, test } from "vitest";
import { authority } from "../support/certificates.ts";
import { connectTestAccount } from "../support/connected-accounts.ts";
import { testGateway } from "../support/gateway.ts";
import { expectLioError, LioClient, lioWorld } from "../support/lio.ts";
import { IMAP_PASSWORD, IMAP_USER, imapServer } from "../support/providers/imap-server.ts";
import { keptMail } from "../support/providers/kept-mail.ts";
import { afterwards } from "../support/workspace.ts";

test("mail is read over TLS alone, from a server with a certificate for its name", async () => {
  const signer = await authority();
  const servers = [
    await imapServer([keptMail()], await signer.certificateFor("localhost")),
    await imapServer([keptMail()], await signer.certificateFor("mail.example.com")),
  ];
  for (const { stop } of servers) afterwards(stop);
  const { url } = await testGateway({
    DENO_CERT: signer.file,
    OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8,::1/128",
  });
  const { workspace, admin } = await lioWorld();
  const api = new LioClient(url, String(admin.api.key));
  const [right, wrong] = await Promise.all(servers.map(async ({ port }) => {
    const { number } = await connectTestAccount(workspace.id, {
      provider: "smtp",
      userId: admin.id,
      fromAddress: `rita-${port}@example.com`,
      fromName: "Rita Rep",
      secrets: { password: IMAP_PASSWORD },
      settings: { imap_host: "localhost", imap_port: port, smtp_user: IMAP_USER },
    });
    return api.get(`inbox/list?config_id=${number}`);
  }));
  expect(right?.body, right?.text).toMatchObject({ total: 1, data: [{ subject: "Hello" }] });
  if (wrong !== undefined) expectLioError(wrong, 502, "provider_error");
  expect(servers.map(({ commands }) => commands.length > 0)).toEqual([true, false]);
});
