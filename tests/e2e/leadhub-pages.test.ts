import { expect, test } from "vitest";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { expectInvalid, leadHub } from "../support/leadhub.ts";

const BASE = `${FUNCTIONS_ENVIRONMENT.LUMENBASE_PUBLIC_URL}/leadhub/api/v1`;

async function seven() {
  const { api } = await leadHub();
  for (let n = 1; n <= 7; n++) await api.made("leads", { first_name: `Lead ${n}` });
  return api;
}

test("a list without records has one page, from and to null", async () => {
  const { api } = await leadHub();
  const only = `${BASE}/leads?page=1`;
  expect((await api.get("leads")).body).toEqual({
    data: [],
    meta: { current_page: 1, last_page: 1, per_page: 15, total: 0, from: null, to: null },
    links: { first: only, last: only, prev: null, next: null, self: only },
  });
});

test("pages follow each other, and links keep the other parameters", async () => {
  const api = await seven();
  const at = (page: number) => `${BASE}/leads?per_page=3&sort=first_name&page=${page}`;
  const seen: string[] = [];
  for (const page of [1, 2, 3]) {
    const { body } = await api.get(`leads?page=${page}&per_page=3&sort=first_name`);
    seen.push(...body.data.map(({ first_name }: { first_name: string }) => first_name));
    expect(body.meta).toEqual({
      current_page: page,
      last_page: 3,
      per_page: 3,
      total: 7,
      from: page * 3 - 2,
      to: Math.min(page * 3, 7),
    });
    expect(body.links).toEqual({
      first: at(1),
      last: at(3),
      prev: page > 1 ? at(page - 1) : null,
      next: page < 3 ? at(page + 1) : null,
      self: at(page),
    });
  }
  expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1].map((n) => `Lead ${n}`));
});

test("a link leads to its page", async () => {
  const api = await seven();
  const { body } = await api.get(
    "leads?per_page=3&search=lead&created_after=2020-01-01T00:00+01:00",
  );
  const { data, meta } = (await api.get(body.links.next.replace(`${BASE}/`, ""))).body;
  expect(data).toHaveLength(3);
  expect(meta).toMatchObject({ current_page: 2, from: 4, to: 6, total: 7 });
});

test.each([4, 1_000_000_000])(
  "page %i, past the end, is empty; the totals stay true",
  async (page) => {
    const api = await seven();
    const { body } = await api.get(`leads?per_page=3&page=${page}`);
    const at = (number: number) => `${BASE}/leads?per_page=3&page=${number}`;
    expect(body).toEqual({
      data: [],
      meta: { current_page: page, last_page: 3, per_page: 3, total: 7, from: null, to: null },
      links: { first: at(1), last: at(3), prev: at(3), next: null, self: at(page) },
    });
  },
);

test.each([
  ["page=0", "page", "Must be a whole number from 1 to 1000000000."],
  ["page=1000000001", "page", "Must be a whole number from 1 to 1000000000."],
  ["page=-1", "page", "Must be a whole number from 1 to 1000000000."],
  ["page=1.0", "page", "Must be a whole number from 1 to 1000000000."],
  ["page=", "page", "Must be a whole number from 1 to 1000000000."],
  ["per_page=0", "per_page", "Must be a whole number from 1 to 100."],
  ["per_page=101", "per_page", "Must be a whole number from 1 to 100."],
  ["per_page=all", "per_page", "Must be a whole number from 1 to 100."],
])("%s is refused", async (query, field, message) => {
  const { api } = await leadHub();
  expectInvalid(await api.get(`leads?${query}`), { [field]: [message] });
});
