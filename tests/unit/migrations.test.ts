import { expect, test } from "vitest";
import { type Migration, migrations } from "../support/migrations.ts";

const CREATE =
  /^create (?:or replace )?(?:unique |unlogged |materialized )*(table|view|function|procedure|index|trigger|policy|type|schema)\s+(?:if not exists )?([\w.]+)(?:[^;]*? on ([\w.]+))?/;
const PATCH = /^(?:create or replace|drop|alter table \S+\s+(?:add|drop|alter|rename)) /;

/** The statements of a migration, without comments and the bodies of functions. */
function statements({ sql }: Migration): string[] {
  const outside = sql.replaceAll(/--.*$/gm, "").replaceAll(/\$(\w*)\$[^]*?\$\1\$/g, "''");
  return outside.split(";").map((statement) => statement.replaceAll(/\s+/g, " ").trim());
}

/** What a statement creates, such as `function app.x`; a table's own triggers with the table. */
function created(statement: string): string | null {
  const [, kind, name, table] = CREATE.exec(statement) ?? [];
  if (kind === undefined || name === undefined || name === "on") return null;
  return kind === "trigger" || kind === "policy"
    ? `${kind} ${name} of ${table}`
    : `${kind} ${name}`;
}

/** What breaks the rule that each object is made in one place, as it is in the end. */
function problems(files: readonly Migration[]): string[] {
  const places = new Map<string, string[]>();
  const patches: string[] = [];
  for (const file of files) {
    for (const statement of statements(file)) {
      const object = created(statement);
      if (object !== null) places.set(object, [...places.get(object) ?? [], file.name]);
      if (PATCH.test(statement)) patches.push(`${file.name} patches: ${statement.slice(0, 60)}`);
    }
  }
  const twice = [...places].filter(([, names]) => names.length > 1);
  return [
    ...twice.map(([object, names]) => `${object} is created in ${names.join(", ")}`),
    ...patches,
  ];
}

test("the migrations create each object once, as it is in the end", async () => {
  const files = await migrations();
  const objects = files.flatMap(statements).flatMap((statement) => created(statement) ?? []);
  for (const known of ["table crm.rate_windows", "view crm.pipelines_with_stages"]) {
    expect(objects).toContain(known);
  }
  expect(objects.filter((object) => object.startsWith("function app.")).length)
    .toBeGreaterThan(30);
  expect(problems(files)).toEqual([]);
});

test("a migration is of one subject: none has more than 250 lines", async () => {
  const lines = ({ sql }: Migration) => sql.trimEnd().split("\n").length;
  const long = (await migrations()).filter((file) => lines(file) > 250);
  expect(long.map((file) => `${file.name}: ${lines(file)}`)).toEqual([]);
});

const BODY = "returns int language sql as $$ select 1; create table crm.y (a int); $$;";
test.each([
  [`create function app.x() ${BODY}`, "function app.x is created in a.sql, b.sql"],
  [
    `create procedure app.x(\n  p int) language sql as $a$ ; $a$;`,
    "procedure app.x is created in a.sql, b.sql",
  ],
  ["create table crm.x (a int);", "table crm.x is created in a.sql, b.sql"],
  ["create unlogged table crm.x (a int);", "table crm.x is created in a.sql, b.sql"],
  [
    "create view crm.x with (security_invoker = true) as select 1;",
    "view crm.x is created in a.sql, b.sql",
  ],
  ["create unique index x on crm.y (a);", "index x is created in a.sql, b.sql"],
  [
    "create trigger x before update\n on crm.y for each row execute function app.z();",
    "trigger x of crm.y is created in a.sql, b.sql",
  ],
])("an object that two files create is found: %s", (sql, problem) => {
  expect(problems([{ name: "a.sql", sql }])).toEqual([]);
  expect(problems(["a.sql", "b.sql"].map((name) => ({ name, sql })))).toEqual([problem]);
});

test.each([
  `create or replace function app.x() ${BODY}`,
  "alter table crm.x\n  add column a int;",
  "alter table crm.x rename column a to b;",
  "drop function app.x();",
])("a change of what was made before is found: %s", (sql) => {
  expect(problems([{ name: "a.sql", sql }])).toEqual([expect.stringMatching(/^a\.sql patches: /)]);
});

test("a comment, a body and row-level security are none of both", () => {
  const sql =
    `-- drop table crm.x;\nalter table crm.x enable row level security; create function app.x() ${BODY}`;
  expect(
    problems([{ name: "a.sql", sql }, {
      name: "b.sql",
      sql: "do $$ begin drop table crm.x; end $$;",
    }]),
  )
    .toEqual([]);
});
