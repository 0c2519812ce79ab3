import { fileURLToPath } from "node:url";
import { expect, inject, test } from "vitest";
import { ApiClient } from "../support/api-client.ts";
import { testGateway } from "../support/gateway.ts";
import { stubServer } from "../support/stub-server.ts";
import { eventually, testWorkspace } from "../support/workspace.ts";

const SECRET = "a-secret-of-the-tests-that-is-long-enough";
const program = fileURLToPath(new URL("../support/edge-runtime-gateway.ts", import.meta.url));
const WRITE = "v1-public-contacts";
const LIST = "v1-public-contacts-crud";

/** How a worker was called. */
interface Call {
  method: string | undefined;
  path: string | undefined;
  authorization: string | undefined;
  at: number;
}

/** Functions that are hosted, or are not, with a worker elsewhere that answers this status. */
async function functions({ hosted = true, status = 200 } = {}) {
  const calls: Call[] = [];
  const worker = await stubServer(({ method, url, headers }, response) => {
    calls.push({ method, path: url, authorization: headers.authorization, at: performance.now() });
    if (status === 0) response.destroy();
    else response.writeHead(status).end("{}");
  });
  const env = {
    LUMENBASE_PUBLIC_URL: `${worker}/base`,
    LUMENBASE_WORKER_SECRET: SECRET,
    // It goes on in the background as well.
    LUMENBASE_REQUEST_LOG: "off",
  };
  const { url, log } = await testGateway(env, inject("apiUrl"), hosted ? { program } : {});
  const { api } = await testWorkspace({}, url);
  const begun = () => log.filter((line) => line === "background begun").length;
  /** Waits until everything that was begun has ended well. */
  const settled = () =>
    eventually(() =>
      Promise.resolve(begun() > 0 && log.filter((l) => l === "background done").length === begun())
    );
  return { url, api, log, calls, begun, settled };
}

const contact = (n: number) => ({ email: `p${n}@example.com` });

test("a write has the worker called once it is answered; what wrote nothing has not", async () => {
  const { url, api, calls, begun, settled } = await functions();
  expect((await api.get(LIST)).status).toBe(200);
  expect((await api.post(WRITE, { email: "no" })).status).toBe(400);
  expect((await new ApiClient(url, null).post(WRITE, contact(1))).status).toBe(401);
  expect(begun()).toBe(0);
  expect((await api.post(WRITE, contact(1))).status).toBe(201);
  await settled();
  const authorization = `Bearer ${SECRET}`;
  expect(calls).toEqual([
    { method: "POST", path: "/base/worker", authorization, at: expect.any(Number) },
  ]);
});

test("many writes have it called at most once a second, and after the last of them", async () => {
  const { api, calls, settled } = await functions();
  const start = performance.now();
  let last = start;
  for (let writes = 0; writes < 200; writes++) {
    // The call may come before the answer of what it is for is read here.
    last = performance.now();
    expect((await api.post(WRITE, contact(writes))).status).toBe(201);
  }
  await settled();
  await eventually(() => Promise.resolve(calls.some(({ at }) => at >= last)));
  const seconds = (performance.now() - start) / 1000;
  expect(calls.length).toBeLessThanOrEqual(Math.ceil(seconds) + 1);
});

test.each([[0, "it could not be called"], [503, "it answered 503"]])(
  "a worker that fails is told in the log and nowhere else: %j",
  async (status, reason) => {
    const { api, log, settled } = await functions({ status });
    expect((await api.post(WRITE, contact(1))).status).toBe(201);
    await settled();
    const trouble = await eventually(() =>
      Promise.resolve(log.find((line) => line.includes('"trouble":"worker"')))
    );
    expect(JSON.parse(trouble).reason).toContain(reason);
    expect(log.join()).not.toContain(SECRET);
  },
);

test("elsewhere nothing is called: there the worker has a clock of its own", async () => {
  const { api, calls } = await functions({ hosted: false });
  expect((await api.post(WRITE, contact(1))).status).toBe(201);
  expect((await api.post(WRITE, contact(2))).status).toBe(201);
  expect(calls).toEqual([]);
});
