import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { z } from "zod";
import { projectRoot } from "../../supabase/local/paths.ts";
import { tell } from "./form.ts";

const audited = z.object({
  metadata: z.object({ vulnerabilities: z.object({ high: z.number(), critical: z.number() }) }),
});

// A registry may answer no audits: that is told, never taken for a clean one.
test("no package has a known hole of high severity or above", ({ skip }) => {
  const { stdout } = spawnSync("npm", ["audit", "--json"], {
    cwd: projectRoot,
    encoding: "utf8",
    timeout: 120_000,
  });
  const answer = audited.safeParse(parsed(stdout));
  if (!answer.success) {
    tell("npm audit", { "high and above": "not answered by the registry at hand" });
    return skip("the registry at hand answers no audits");
  }
  const { high, critical } = answer.data.metadata.vulnerabilities;
  tell("npm audit", { high, critical });
  expect({ high, critical }).toEqual({ high: 0, critical: 0 });
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
