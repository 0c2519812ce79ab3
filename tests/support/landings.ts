import { type Landed, saveMapped } from "../../shared/connectors/landing.ts";
import { type Matching, matchingSchema } from "../../shared/connectors/matching.ts";
import { targetSchemas } from "../../shared/connectors/target-fields.ts";
import { InvalidInput } from "../../shared/refusals/errors.ts";
import type { Fields } from "../../shared/crm/plan.ts";
import { loadRegistries } from "../../shared/crm/values/registries.ts";
import { validated } from "../../shared/refusals/validation.ts";
import { apiDatabase, claimsOf } from "./as-role.ts";
import { asOwner, type Settings, testWorkspace } from "./workspace.ts";

await loadRegistries();

type Rules = Partial<Matching>;

/** Lands fields as a connector's in a workspace of its own, through pools as of several processes. */
export async function landings(settings: Settings = {}, pools = 1) {
  const { id } = await testWorkspace(settings);
  const country = settings.default_country ?? null;
  const databases = Array.from({ length: pools }, () => apiDatabase({ size: 10 }));
  let turn = 0;
  let attempts = 0;
  const into =
    (target: "contact" | "activity") =>
    (fields: Fields, rules: Rules = {}, defaulted: string[] = []) => {
      const matching = matchingSchema.parse(rules);
      const mapped = validated(targetSchemas[target], fields);
      return databases[turn++ % pools]!.transact<Landed>(claimsOf(id), async (transaction) => {
        attempts++;
        return {
          result: await saveMapped(transaction, { target, matching, country }, {
            mapped,
            defaulted,
          }),
        };
      });
    };
  return {
    id,
    contact: into("contact"),
    activity: into("activity"),
    /** How often a landing was begun: once each, unless it had to start over. */
    attempts: () => attempts,
    insert: (table: string, row: Fields) => insert(id, table, row),
    stored: (table: string) => stored(id, table),
  };
}

/** The mistakes that a landing is refused for. */
export async function mistakesOf(landing: Promise<unknown>): Promise<unknown> {
  try {
    await landing;
  } catch (error) {
    if (error instanceof InvalidInput) return error.fields;
    throw error;
  }
  return [];
}

/** Inserts a record and answers its id. */
async function insert(id: string, table: string, row: Fields): Promise<string> {
  const columns = ["workspace_id", ...Object.keys(row)].join(", ");
  const [inserted] = await asOwner<{ id: string }>(
    `insert into crm.${table} (${columns})
      select ${columns} from jsonb_populate_record(null::crm.${table}, $1) returning id`,
    [{ workspace_id: id, ...row }],
  );
  return inserted!.id;
}

function stored(id: string, table: string) {
  return asOwner<Fields>(`select * from crm.${table} where workspace_id = $1 order by id`, [id]);
}
