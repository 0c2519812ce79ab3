import assert from "node:assert/strict";
import { type Bench, compared, type Line } from "./line.ts";
import { once } from "./load.ts";
import { bare, overHttp, sideBySide } from "./measure.ts";
import { naive, ours, samePages } from "./targets.ts";
import { someIds, truePage } from "./truth.ts";

const RATE = "answers/s";
const FUNCTION = "v1-public-contacts-crud";

/** One record by its id. */
export async function byId(bench: Bench): Promise<Line[]> {
  const { small } = bench.seeded;
  const ids = await someIds(bench.adminUrl, small);
  const check = samePages(ids.map((id) => ({ ids: [id], total: 1 })));
  const figures = await sideBySide([
    overHttp("naive", naive(bench, small, ids.map((id) => `/contacts/${id}`), check)),
    overHttp("ours", ours(bench, small, ids.map((id) => `${FUNCTION}?id=${id}`), check)),
    bare("bare", bench.bare.port, { what: "byId", workspace: small.id, values: ids }, ([rows]) => {
      assert.ok(ids.includes(String(rows?.[0]?.id)));
    }),
  ], bench.pace);
  const bound = { at: "least", value: 0.95 } as const;
  return [compared("GET by id", RATE, figures, ["ours", "naive"], bound, ["bare"])];
}

/** The newest 25 of one status, with the total. */
export async function filteredList(bench: Bench): Promise<Line[]> {
  const { small, large } = bench.seeded;
  const where = { where: "status = $2", value: "active" };
  const [inSmall, inLarge] = [
    await truePage(bench.adminUrl, small, where),
    await truePage(bench.adminUrl, large, where),
  ];
  const path = `${FUNCTION}?status=active`;
  const order = { what: "list", workspace: small.id, values: ["active"] } as const;
  const figures = await sideBySide([
    overHttp("naive", naive(bench, small, ["/contacts?status=active"], samePages([inSmall]))),
    overHttp("ours", ours(bench, small, [path], samePages([inSmall]))),
    bare("bare", bench.bare.port, order, ([items, totals]) => {
      assert.deepEqual(items?.map(({ id }) => id), inSmall.ids);
      assert.equal(totals?.[0]?.total, inSmall.total);
    }),
    overHttp("ours, large", ours(bench, large, [path], samePages([inLarge]))),
  ], bench.pace);
  const what = "list of 25 by status, with total";
  const named = (contacts: number) => `${what}, ${contacts.toLocaleString("en")} rows`;
  return [
    compared(named(small.contacts), RATE, figures, ["ours", "naive"], { at: "least", value: 2 }, [
      "bare",
    ]),
    compared(
      `${named(large.contacts)} against ${small.contacts.toLocaleString("en")}`,
      RATE,
      figures,
      [
        "ours, large",
        "ours",
      ],
      { at: "least", value: 0.8 },
    ),
  ];
}

/** The last page of the large workspace, by cursor, against the first. */
export async function deepPage(bench: Bench): Promise<Line[]> {
  const { large } = bench.seeded;
  const number = large.contacts / 25;
  const [first, last] = [
    await truePage(bench.adminUrl, large, {}),
    await truePage(bench.adminUrl, large, { skipped: (number - 1) * 25 }),
  ];
  const before = ours(bench, large, [`${FUNCTION}?page=${number - 1}`], (_, { items }) => {
    assert.equal(items.length, 25);
  });
  const { data } = await once(before) as { data: { pagination: { next_cursor: string } } };
  const path = `${FUNCTION}?cursor=${data.pagination.next_cursor}`;
  const deep = `page ${number.toLocaleString("en")}`;
  const figures = await sideBySide([
    overHttp("page 1", ours(bench, large, [FUNCTION], samePages([first]))),
    overHttp(deep, ours(bench, large, [path], samePages([last]))),
  ], bench.pace);
  const bound = { at: "least", value: 0.9 } as const;
  return [compared(`${deep} by cursor against page 1`, RATE, figures, [deep, "page 1"], bound)];
}
