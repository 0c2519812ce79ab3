import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { projectRoot } from "../../supabase/local/paths.ts";
import { consented } from "../support/consents.ts";
import { exampleWorld } from "../support/example-world.ts";
import { lioUser } from "../support/lio.ts";
import { PASSWORD } from "../support/people.ts";
import { afterwards } from "../support/workspace.ts";
import { temporaryFolder } from "../support/stack.ts";

const COLLECTION = "tests/client/lumenbase.postman_collection.json";

test.each([
  ["client", "tests/client/lumenbase.ts"],
  ["postman", COLLECTION],
])("`npm run %s` writes what %s holds", async (script, file) => {
  const folder = await temporaryFolder();
  afterwards(() => rm(folder, { recursive: true }));
  const written = join(folder, "written");
  await promisify(execFile)("npm", ["run", "--silent", script, "--", written], {
    cwd: projectRoot,
  });
  const kept = await readFile(join(projectRoot, file), "utf8");
  expect(kept === await readFile(written, "utf8"), `run \`npm run ${script}\``).toBe(true);
});

interface Item {
  name: string;
  item?: Item[];
  request?: {
    method: string;
    url: { host: string[]; path: string[]; query: Pair[] };
    header: Pair[];
    body: { raw?: string };
  };
}

interface Pair {
  key: string;
  value: string;
  disabled?: boolean;
}

const requests = requestsOf(
  JSON.parse(await readFile(join(projectRoot, COLLECTION), "utf8")) as Item,
);

test("the collection has every operation", () => {
  expect(requests).toHaveLength(70);
});

test.each(requests)("$name works from Postman as it is", async ({ name, request }) => {
  const { method, url, header, body } = request!;
  const { api, id } = await exampleWorld();
  // What is for users who signed in needs somebody who did, and no example has a link or a code that works.
  const isForUsers = url.path[0] === "v1-public-sign-in" || url.path[1] === "consents";
  const user = isForUsers ? await lioUser({ id }) : null;
  const bearer = user?.api.key ?? api.key;
  const given = name === "Sign in"
    ? { email: user?.email, password: PASSWORD }
    : name === "Connect an account by consent"
    ? await consented(api.withKey(bearer), "gmail")
    : null;
  const raw = given === null ? body.raw : JSON.stringify(given);
  const enabled = (pairs: Pair[]) =>
    pairs.filter(({ disabled }) => !disabled).map((
      { key, value },
    ): [string, string] => [key, value]);
  expect(url.host).toEqual(["{{baseUrl}}"]);
  const query = new URLSearchParams(enabled(url.query));
  const address = `${inject("gatewayUrl")}/functions/v1/${url.path.join("/")}?${query}`;
  const response = await fetch(address, {
    method,
    headers: {
      ...Object.fromEntries(enabled(header)),
      Authorization: `Bearer ${bearer}`,
    },
    ...(raw ? { body: raw } : {}),
  });
  expect(response.status, await response.text()).toBeOneOf([200, 201]);
});

function requestsOf(folder: Item): Item[] {
  return (folder.item ?? []).flatMap((one) => one.request ? [one] : requestsOf(one));
}
