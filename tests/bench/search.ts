import assert from "node:assert/strict";
import { type Bench, compared, type Line } from "./line.ts";
import { bare, overHttp, sideBySide } from "./measure.ts";
import { type BenchWorkspace, firstName, NAMESAKES, plantedName } from "./seed.ts";
import { naive, ours, samePages } from "./targets.ts";
import { type TruePage, truePage } from "./truth.ts";

const RATE = "answers/s";
const FUNCTION = "v1-public-contacts-crud";
const NAMES = 20;

/** A last name that five contacts have, in the small workspace as in the large one. */
export async function search(bench: Bench): Promise<Line[]> {
  const { small, large } = bench.seeded;
  const names = Array.from({ length: NAMES }, (_, n) => plantedName(n * 7));
  const [inSmall, inLarge] = [await found(bench, small, names), await found(bench, large, names)];
  const order = { what: "search", workspace: small.id, values: names } as const;
  const figures = await sideBySide([
    overHttp(
      "naive",
      naive(bench, small, names.map((name) => `/contacts?search=${name}`), samePages(inSmall)),
    ),
    overHttp("ours", ours(bench, small, names.map(ourPath), samePages(inSmall))),
    bare("bare", bench.bare.port, order, ([, totals]) => {
      assert.equal(totals?.[0]?.total, inSmall[0]?.total);
    }),
    overHttp("ours, large", ours(bench, large, names.map(ourPath), samePages(inLarge))),
  ], bench.pace);
  const sizes = [small, large].map(({ contacts }) => contacts.toLocaleString("en"));
  return [
    compared(`search for a name, ${sizes[0]} rows`, RATE, figures, ["ours", "naive"], {
      at: "least",
      value: 10,
    }, ["bare"]),
    compared(
      `the same at ${sizes[1]} against ${sizes[0]}`,
      RATE,
      figures,
      ["ours, large", "ours"],
      {
        at: "least",
        value: 0.5,
      },
    ),
  ];
}

/** A first name that one in 200 has, so the large workspace has a hundred times as many. */
export async function commonSearch(bench: Bench): Promise<Line[]> {
  const { small, large } = bench.seeded;
  const names = Array.from({ length: NAMES }, (_, n) => firstName(n * 11));
  const [inSmall, inLarge] = [await found(bench, small, names), await found(bench, large, names)];
  const figures = await sideBySide([
    overHttp("few", ours(bench, small, names.map(ourPath), samePages(inSmall))),
    overHttp("many", ours(bench, large, names.map(ourPath), samePages(inLarge))),
  ], bench.pace);
  const [few, many] = [inSmall[0]?.total, inLarge[0]?.total];
  return [compared(`search that finds ${many} against ${few}`, RATE, figures, ["many", "few"])];
}

function ourPath(name: string): string {
  return `${FUNCTION}?search=${name}`;
}

async function found(
  { adminUrl }: Bench,
  workspace: BenchWorkspace,
  names: readonly string[],
): Promise<TruePage[]> {
  const pages: TruePage[] = [];
  for (const name of names) {
    const where = { where: "search_text like lower('%' || $2::text || '%')", value: name };
    pages.push(await truePage(adminUrl, workspace, where));
  }
  assert.ok(pages.every(({ total }) => total >= NAMESAKES));
  return pages;
}
