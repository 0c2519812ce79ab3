import { expect, test } from "vitest";
import { expectLioError, expectLioFields, type LioClient, lioWorld } from "../support/lio.ts";

const put = (api: LioClient, id: unknown, body: object) =>
  api.send("PUT", `dashboards/${id}`, { body });

test("of ten changes at once of one revision one is made, and the others are told of it", async () => {
  const { admin: { api } } = await lioWorld();
  const { id, revision } = await api.made("dashboards", { dashboard_id: "board" });
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, n) => put(api, id, { name: `By ${n}`, if_revision: revision })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)]);
  const [done, refused] = [200, 409].map((status) => answers.find((one) => one.status === status));
  expect(done?.body.data.revision).toBe(2);
  if (refused) expectLioError(refused, 409, "conflict", "changed");
  const { body } = await put(api, id, { scope: "team" });
  expect(body.data).toMatchObject({ name: done?.body.data.name, scope: "team", revision: 3 });
  const last = { name: "Last", if_revision: 3 };
  expect((await put(api, id, last)).body.data).toMatchObject({ name: "Last", revision: 4 });
  expectLioError(await put(api, id, { if_revision: 3 }), 409, "conflict", "changed");
  expectLioFields(await put(api, id, { if_revision: "4" }), 422, "if_revision");
});

test("of ten made at once with one dashboard_id one is made", async () => {
  const { admin: { api } } = await lioWorld();
  const dashboard_id = "board";
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => api.post("dashboards", { dashboard_id })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
  const refused = answers.find(({ status }) => status === 409);
  if (refused) expectLioError(refused, 409, "conflict", "duplicate");
  expect((await api.made("dashboards", { dashboard_id: dashboard_id.toUpperCase() })).id)
    .toBeGreaterThan(0);
});
