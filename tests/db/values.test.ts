import { describe, expect, test } from "vitest";
import { Authenticator, type StoredKey } from "../../shared/auth/authenticate.ts";
import { lookUp } from "../../shared/auth/look-up.ts";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { apiDatabase, apiUrlWith, claimsOf } from "../support/as-role.ts";
import { testWorkspace } from "../support/workspace.ts";

const sql = (text: string, ...values: unknown[]): Statement => ({ text, values });
const INSTANTS = [
  ["2026-01-15T10:30:00.123456Z", "2026-01-15T10:30:00.123456Z"],
  ["2026-01-15T10:30:00.1Z", "2026-01-15T10:30:00.100000Z"],
  ["2026-07-15T23:59:59.999999-05:30", "2026-07-16T05:29:59.999999Z"],
  ["2026-03-29T01:30:00Z", "2026-03-29T01:30:00.000000Z"],
  ["1969-12-31T23:59:59.000001Z", "1969-12-31T23:59:59.000001Z"],
  ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"],
] as const;

describe.each(["UTC", "Asia/Kolkata", "America/St_Johns", "Europe/London"])(
  "with the role's time zone %s",
  (zone) => {
    const options = () => ({ url: apiUrlWith({ TimeZone: zone }) });

    test.each(INSTANTS)("microseconds of %s survive the way in and out", async (given, read) => {
      const { id } = await testWorkspace();
      const database = apiDatabase(options());
      const [[written]] = await database.write(claimsOf(id), [
        sql(
          "insert into crm.contacts (email, created_at) values ('a@x.com', $1) returning created_at",
          given,
        ),
      ]) as [[object]];
      expect(written).toEqual({ created_at: read });
      const again = sql("select id from crm.contacts where created_at = $1", read);
      expect((await database.read(claimsOf(id), [again]))[0]).toHaveLength(1);
    });

    test("dates stay as they are", async () => {
      const { id } = await testWorkspace();
      const days = sql(
        "select '2026-03-29'::date as day, null::date as none, null::timestamptz as never",
      );
      expect(await apiDatabase(options()).read(claimsOf(id), [days]))
        .toEqual([[{ day: "2026-03-29", none: null, never: null }]]);
    });

    test("a key that has expired is refused, one that has not is let in", async () => {
      const workspace = await testWorkspace();
      const database = apiDatabase(options());
      const find = async (publicId: string) =>
        (await database.query(lookUp("app.find_api_key", publicId, Buffer.alloc(0))))[
          0
        ] as StoredKey | undefined ?? null;
      const ask = async (expiresAt: Date) =>
        await new Authenticator(find).authenticate(
          `Bearer ${await workspace.key({ expiresAt })}`,
          () => "127.0.0.1",
        );
      expect(await ask(new Date(Date.now() - 1_000))).toBe("expired");
      expect(await ask(new Date(Date.now() + 60_000))).toMatchObject({ workspaceId: workspace.id });
    });
  },
);

test.each([0, 1, -1, 2 ** 31, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
  "the whole number %d is kept",
  async (number) => {
    const { id } = await testWorkspace();
    const echo = sql("select $1::bigint as number, $1::bigint::text as text", number);
    expect(await apiDatabase().read(claimsOf(id), [echo])).toEqual([[{
      number,
      text: String(number),
    }]]);
  },
);

test("the largest numeric id of a record is read as it is", async () => {
  const { id } = await testWorkspace();
  const largest = Number.MAX_SAFE_INTEGER;
  const numbered = sql(
    `insert into crm.companies (name, number) overriding system value values ('Acme', $1)
      returning number, pg_typeof(number)::text as type`,
    largest,
  );
  expect(await apiDatabase().write(claimsOf(id), [numbered])).toEqual([[{
    number: largest,
    type: "bigint",
  }]]);
});

test("money, text and JSON come as they were given", async () => {
  const { id } = await testWorkspace();
  const text = "Zoë 👩‍👩‍👧‍👦 \u202bעברית\u202c \u0001";
  const data = { amount: 0.1, nested: [1, null, { text }] };
  const echo = sql(
    "select 12345678901234567890.0100::numeric as money, $1::text as text, $2::jsonb as data, 12.5::float8 as share",
    text,
    data,
  );
  const [[row]] = await apiDatabase().read(claimsOf(id), [echo]) as [[{ money: unknown }]];
  expect({ ...row, money: String(row.money) })
    .toEqual({ money: "12345678901234567890.0100", text, data, share: 12.5 });
});
