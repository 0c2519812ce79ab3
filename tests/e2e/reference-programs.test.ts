import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { projectRoot } from "../../supabase/local/paths.ts";
import type { Json } from "../support/api-client.ts";
import { leadHub } from "../support/leadhub.ts";

const PHP = "php";
/** Whether PHP is installed here, with curl (Debian: `apt-get install php-cli php-curl`). */
const hasPhp = spawnSync(PHP, ["-r", "exit(extension_loaded('curl') ? 0 : 1);"]).status === 0;

const ANN = { id: expect.any(Number), first_name: "Ann", status: "new" };
const SARAH = { id: expect.any(Number), first_name: "Sarah", email: "sarah@example.com" };

/** Runs an example of LeadHub's reference as it stands, but for base URL and key; answers what it got. */
async function answers(
  example: string,
  [program, ...args]: [string, ...string[]],
  around: (code: string) => string = (code) => code,
): Promise<Json[]> {
  const { api } = await leadHub();
  await api.made("leads", { first_name: "Ann" });
  const code = readFileSync(join(projectRoot, `tests/support/reference/${example}.txt`), "utf8")
    .replaceAll("https://yourdomain.com", `${inject("gatewayUrl")}/functions/v1/leadhub`)
    .replaceAll("lh_your_api_key_here", api.key ?? "");
  const { stdout } = await promisify(execFile)(program, [...args, around(code)]);
  expect(await api.listed("leads?sort=created_at&direction=asc")).toMatchObject([ANN, SARAH]);
  return stdout.split(/(?<=\})\s*(?=\{)/).map((text) => JSON.parse(text));
}

test("curl", async () => {
  const [list, made] = await answers("leadhub-curl", ["bash", "-euc"]);
  expect(list).toMatchObject({ data: [ANN], meta: { per_page: 25, total: 1 } });
  expect(made).toMatchObject({ data: { ...SARAH, source: "api" } });
});

test.runIf(hasPhp)("PHP", async () => {
  const show = "echo json_encode($leads), json_encode($result);";
  const [list, made] = await answers("leadhub-php", [PHP, "-r"], (code) => code + show);
  expect(list).toMatchObject({ data: [ANN], meta: { total: 1 } });
  expect(made).toMatchObject({ data: { ...SARAH, source: "api" } });
});

test("JavaScript", async () => {
  const show = "console.log(JSON.stringify({ data, meta }) + JSON.stringify(newLead));";
  const node = [process.execPath, "--input-type=module", "--eval"] as [string, ...string[]];
  const [list, made] = await answers("leadhub-javascript", node, (code) => code + show);
  expect(list).toMatchObject({ data: [ANN], meta: { total: 1 } });
  expect(made).toMatchObject({ data: { ...SARAH, source: "website" } });
});
