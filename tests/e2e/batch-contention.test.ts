import { describe, expect, test } from "vitest";
import type { ApiClient, ApiResponse, Json } from "../support/api-client.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const idsOf = ({ body }: ApiResponse): string[] => body.data.results.map(({ id }: Json) => id);

describe("batches that change the same records in opposite order", () => {
  const many = 40;

  async function changeAll(api: ApiClient, ids: string[], title: string) {
    const items = ids.map((id) => ({ action: "update", id, data: { title } }));
    return await api.post("v1-public-deals-batch", { items });
  }

  test("all succeed, and the last one wins whole", async () => {
    const { api } = await testWorkspace();
    const items = Array.from({ length: many }, () => ({ data: { title: "D" } }));
    const ids = idsOf(await api.post("v1-public-deals-batch", { items }));
    const answers = await Promise.all(
      Array.from(
        { length: 12 },
        (_, i) => changeAll(api, i % 2 ? ids : ids.toReversed(), `batch ${i}`),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(201));
    const { body } = await api.get("v1-public-deals?per_page=100");
    const titles = new Set(body.data.items.map(({ title }: Json) => title));
    expect(titles.size).toBe(1);
  });

  test("companies by domain make one company each", async () => {
    const { api, id } = await testWorkspace();
    const items = Array.from(
      { length: many },
      (_, i) => ({ action: "upsert", data: { name: `C${i}`, domain: `c${i}.example` } }),
    );
    const answers = await Promise.all(
      Array.from(
        { length: 12 },
        (_, i) =>
          api.post("v1-public-companies-batch", { items: i % 2 ? items : items.toReversed() }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(201));
    const rows = await asOwner("select from crm.companies where workspace_id = $1", [id]);
    expect(rows).toHaveLength(many);
  });

  test("batches and single requests together fail none", async () => {
    const { api } = await testWorkspace();
    const items = Array.from({ length: many }, () => ({ data: { title: "D" } }));
    const ids = idsOf(await api.post("v1-public-deals-batch", { items }));
    const answers = await Promise.all([
      changeAll(api, ids, "forwards"),
      changeAll(api, ids.toReversed(), "backwards"),
      ...ids.map((id) => api.patch(`v1-public-deals?id=${id}`, { title: "single" })),
    ]);
    expect(answers.filter(({ status }) => status >= 300)).toEqual([]);
  });
});

describe("the daily cap of activities", () => {
  const note = { data: { type: "note" } };
  const UNDER = 3;

  test("refuses a batch from the item that would pass it", async () => {
    const { api } = await testWorkspace({ activities_per_day: UNDER });
    const { status, body } = await api.post("v1-public-activities-batch", {
      items: [note, { data: { type: "No" } }, note, note, note, note],
    });
    expect(status).toBe(207);
    expect(body.data.results.map((result: Json) => result.error?.code ?? result.status)).toEqual(
      [
        "created",
        "VALIDATION_ERROR",
        "created",
        "created",
        ...Array(2).fill("RATE_LIMIT_EXCEEDED"),
      ],
    );
    expect(body.data.results[4].error.limit).toBe("activities_per_day");
    const { body: list } = await api.get("v1-public-activities-crud");
    expect(list.data.pagination.total).toBe(UNDER);
  });

  test.each([{}, { stop_on_error: true }, { atomic: true }])(
    "a batch that is refused for nothing else answers 429: %o",
    async (options) => {
      const { api } = await testWorkspace({ activities_per_day: 1 });
      await api.post("v1-public-activities", { type: "note" });
      const response = await api.post("v1-public-activities-batch", { items: [note], options });
      expect([response.status, response.body.error.details.limit])
        .toEqual([429, "activities_per_day"]);
      expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    },
  );

  test("atomic takes nothing of the quota when it is undone, and holds under parallel batches", async () => {
    const { api, id } = await testWorkspace({ activities_per_day: 25 });
    const items = Array(10).fill(note);
    const send = () => api.post("v1-public-activities-batch", { items, options: { atomic: true } });
    const answers = await Promise.all(Array.from({ length: 6 }, send));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 429, 429, 429, 429]);
    const used = await asOwner(
      "select sum(activities)::int as activities from crm.daily_usage where workspace_id = $1",
      [
        id,
      ],
    );
    expect(used).toEqual([{ activities: 20 }]);
  });
});
