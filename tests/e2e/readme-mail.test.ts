import { randomUUID } from "node:crypto";
import type { Email } from "postal-mime";
import { afterEach, expect, test, vi } from "vitest";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { testGateway } from "../support/gateway.ts";
import { gmailSending, unauthorized } from "../support/providers/gmail-api.ts";
import { standIn } from "../support/providers/stand-in.ts";
import { readmeExamples } from "../support/readme.ts";
import { documentsIn, runExample } from "../support/run-example.ts";
import { asOwner, eventually } from "../support/workspace.ts";

const GMAIL_TOKEN = randomUUID();

afterEach(() => vi.unstubAllEnvs());

test("LIO's example of mail adds an account, writes to a lead, and learns what they opened and clicked", async () => {
  const slug = `acme-${randomUUID()}`;
  await asOwner("insert into crm.workspaces (slug, name) values ($1, 'Acme')", [slug]);
  const mailbox: Email[] = [];
  const gmail = await standIn((request) =>
    request.headers.authorization === `Bearer ${GMAIL_TOKEN}`
      ? gmailSending(mailbox, [], request) ?? { status: 404, body: "Not Found" }
      : unauthorized()
  );
  const { url } = await testGateway({ GMAIL_API_URL: gmail.url });
  vi.stubEnv("GMAIL_TOKEN", GMAIL_TOKEN);
  vi.stubEnv("LUMENBASE_ENCRYPTION_KEY", FUNCTIONS_ENVIRONMENT.LUMENBASE_ENCRYPTION_KEY);
  const [login] = readmeExamples("lio");
  const code = [login, ...readmeExamples("mail")].map((example) => example?.code ?? "")
    .join("\n\n").replaceAll(/\bacme\b(?!\.)/g, slug)
    .replaceAll("you@company.com", `${slug}@example.com`);
  const running = runExample({ language: "sh", code }, { port: Number(new URL(url).port) });
  const target = await readBy(mailbox, url);
  const output = await running;
  expect(target).toBe("https://acme.com/offer");
  const [documents = "", clicked] = output.split(/(?=signal:link_clicked\n$)/);
  expect(clicked).toBeDefined();
  const sent = documentsIn(documents).find(({ data }) => data?.tracked !== undefined);
  expect(sent.data).toMatchObject({ status: "sent", tracked: true });
  expect(output).not.toContain(GMAIL_TOKEN);
});

/** Does what a recipient does: shows the message, and follows its link. Answers where that leads. */
async function readBy(mailbox: readonly Email[], url: string): Promise<string | null> {
  const message = await eventually(() => Promise.resolve(mailbox[0]));
  const [pixel = ""] = /https:[^"']+track\/open\/[^"']+/.exec(message.html ?? "") ?? [];
  const [link = ""] = /https:[^"']+track\/click\/[^"']+/.exec(message.html ?? "") ?? [];
  const here = (address: string) =>
    address.replace(FUNCTIONS_ENVIRONMENT.LUMENBASE_PUBLIC_URL, `${url}/functions/v1`);
  const image = await fetch(here(pixel));
  expect(image.headers.get("content-type")).toBe("image/gif");
  const followed = await fetch(here(link), { redirect: "manual" });
  expect(followed.status).toBe(302);
  return followed.headers.get("location");
}
