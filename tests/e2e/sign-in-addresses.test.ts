import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Gateway, startGateway } from "../../supabase/local/gateway-process.ts";
import { ApiClient, type ApiResponse } from "../support/api-client.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { age, expectRefused, PASSWORD, person } from "../support/people.ts";
import { asOwner, databaseUrl, testWorkspace } from "../support/workspace.ts";

// The other tests' wrong passwords all come from one address.
ownMigratedDatabase();

const MOST = 100;
const WRONG = "No account has this email and password.";

let gateway: Gateway;

beforeAll(async () => {
  const env = { ...process.env, ...FUNCTIONS_ENVIRONMENT, TRUSTED_PROXY_HOPS: "2" };
  gateway = await startGateway({ apiUrl: databaseUrl("apiUrl"), port: 0, env });
});
afterAll(() => gateway.stop());

/** Signs in from an address behind a proxy, the gateway being another. */
function signInFrom(address: string, email?: string, password = PASSWORD): Promise<ApiResponse> {
  const client = new ApiClient(`http://127.0.0.1:${gateway.port}`, null);
  const body = { email: email ?? `${randomUUID()}@example.com`, password };
  return client.post("auth/sign-in", body, { "x-forwarded-for": `192.0.2.1, ${address}` });
}

/** Somebody who is known at this gateway. */
const jane = async () =>
  await person({ workspace: await testWorkspace({}, `http://127.0.0.1:${gateway.port}`) });

/** Lets so many wrong passwords have come from an address. */
async function wrongFrom(address: string, count: number): Promise<void> {
  await asOwner(
    `insert into crm.sign_in_attempts (subject, id, failed)
      select app.sign_in_subject('address', $1), app.uuid_v7(), true from generate_series(1, $2)`,
    [address, count],
  );
}

function expectLocked(answer: ApiResponse): void {
  const wait = Number(answer.headers.get("retry-after"));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(900);
  const words = "Too many wrong passwords from your address";
  expectRefused(answer, 429, `${words}; try again in ${wait} s.`);
}

test("a hundred of an address, of whatever emails, lock it, also for the right one", async () => {
  const [address, { email }] = ["203.0.113.7", await jane()];
  await wrongFrom(address, MOST - 1);
  expectRefused(await signInFrom(address), 401, WRONG);
  expectLocked(await signInFrom(address));
  expectLocked(await signInFrom(address, email));
  expect((await signInFrom("203.0.113.8", email)).status).toBe(200);
  await age("address", address, "15 minutes");
  expect((await signInFrom(address, email)).status).toBe(200);
});

test("of many that come at once, exactly those that are left are looked at", async () => {
  const address = "203.0.113.9";
  await wrongFrom(address, MOST - 8);
  const answers = await Promise.all(Array.from({ length: 30 }, () => signInFrom(address)));
  const statuses = answers.map(({ status }) => status).toSorted();
  expect(statuses).toEqual([...Array(8).fill(401), ...Array(22).fill(429)]);
});

test("a right password neither counts nor makes up for wrong ones", async () => {
  const [address, { email }] = ["203.0.113.10", await jane()];
  await wrongFrom(address, MOST - 1);
  for (let n = 0; n < 3; n++) expect((await signInFrom(address, email)).status).toBe(200);
  expect((await signInFrom(address)).status).toBe(401);
  expectLocked(await signInFrom(address));
});

test("what a locked email or address refuses counts for neither", async () => {
  const [address, { email }] = ["203.0.113.11", await jane()];
  await wrongFrom(address, MOST - 6);
  for (let n = 0; n < 5; n++) await signInFrom(address, email, "wrong password");
  for (let n = 0; n < 5; n++) {
    expect((await signInFrom(address, email)).status).toBe(429);
  }
  expect((await signInFrom(address)).status).toBe(401);
  const other = await jane();
  for (let n = 0; n < 6; n++) expectLocked(await signInFrom(address, other.email, "wrong"));
  expect((await signInFrom("203.0.113.12", other.email)).status).toBe(200);
});

test("an IPv6 network of 64 bits is one client", async () => {
  await wrongFrom("2001:db8:1:2::", MOST - 1);
  expect((await signInFrom("2001:db8:1:2::a")).status).toBe(401);
  expectLocked(await signInFrom("2001:db8:1:2:ffff::b"));
  expect((await signInFrom("2001:db8:1:3::a")).status).toBe(401);
});
