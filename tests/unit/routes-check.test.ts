import { expect, test } from "vitest";
import type { LeadHubOperation } from "../../shared/dialects/leadhub/contract.ts";
import type { LeadHubCaller } from "../../shared/dialects/leadhub/caller.ts";
import { leadhub } from "../../shared/dialects/leadhub/dialect.ts";
import { type Endpoint, endpoint } from "../../shared/http/endpoint.ts";
import { type RouteScope, scope, secret } from "../../shared/http/operation.ts";
import { type Router, router } from "../../shared/http/router.ts";
import { doorProblems } from "../support/checks/routes.ts";

const operation: LeadHubOperation = {
  kind: "read",
  run: () => Promise.resolve({ status: 200, body: "null" }),
};
const read = scope("read:leads");

type Door = Endpoint<LeadHubCaller>;
type Leads = Router<LeadHubCaller>;

const problems = (make: (door: Door, leads: Leads) => Door) =>
  doorProblems("door", () => Promise.resolve(make(endpoint("door", leadhub), router("/leads"))));

const mounted = (door: Door, leads: Leads, path = "/leads") =>
  door.mount(path, () => Promise.resolve({ default: leads }));

test("a function whose routes are all served has no problem", async () => {
  expect(
    await problems((door, leads) =>
      mounted(door.get("/", read, operation), leads.get("/:id", read, operation))
    ),
  ).toEqual([]);
});

test("a route without a scope is found, also in a router that is mounted", async () => {
  const undeclared = undefined as unknown as RouteScope;
  const load = () =>
    Promise.resolve({ default: router("/leads").get("/:id", undeclared, operation as never) });
  expect(
    await problems((door) => door.mount("/leads", load as never)),
  ).toEqual(["functions/door: GET /leads/:id declares no scope"]);
});

test("a secret of the deployment stands for a scope, and what only looks like one does not", async () => {
  const opened = secret("LUMENBASE_WORKER_SECRET");
  expect(await problems((door) => door.post("/", opened, operation))).toEqual([]);
  const alike = { ...opened };
  expect(await problems((door) => door.post("/", alike, operation)))
    .toEqual(["functions/door: POST / declares no scope"]);
});

test("a router that is mounted elsewhere than it says is found", async () => {
  expect(await problems((door, leads) => mounted(door, leads, "/tags")))
    .toEqual(["functions/door: the router of /leads is mounted at /tags"]);
});

test("two routes that fit the same requests are found, whatever they call their parameters", async () => {
  const twice = (door: Door, leads: Leads) =>
    mounted(
      door.get("/leads/:id", read, operation).post("/leads/:id", read, operation),
      leads.get("/:number", read, operation),
    );
  expect(await problems(twice)).toEqual(["functions/door declares GET /door/leads/:number twice"]);
});

test("a function that calls itself other than its folder is found", async () => {
  const other = () => Promise.resolve(endpoint("other", leadhub));
  expect(await doorProblems("door", other)).toEqual(["functions/door calls itself other"]);
});
