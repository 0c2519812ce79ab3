import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from "kysely";
import type { Statement } from "./pipeline.ts";
import type { DB } from "./types.generated.ts";

/** Builds SQL for the tables of the schema `crm`; it compiles only, the Database runs it. */
const builder = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** The statement of a piece of SQL: identifiers quoted, values bound. */
export function statement(query: RawBuilder<unknown>): Statement {
  const { sql, parameters } = query.compile(builder);
  return { text: sql, values: parameters };
}
