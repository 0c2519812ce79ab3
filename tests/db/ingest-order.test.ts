import { expect, test } from "vitest";
import {
  ingestBriefly,
  ingestContacts,
  ingestedContacts,
  type IngestInput,
} from "../../shared/crm/contact-ingest.ts";
import type { Database } from "../../shared/db/database.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { IngestModel, seededRandom } from "../support/ingest-model.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const ROUNDS = 150;
const COLUMNS = "first_name, last_name, email, phone, title, source, signal_strength";
const byText = (a: unknown, b: unknown) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;

type Named = Record<string, unknown>;
type Random = ReturnType<typeof seededRandom>;

/** A batch over few people, companies and domains, so that items meet each other. */
function randomBatch(random: Random): IngestInput[] {
  return Array.from({ length: 1 + random.below(12) }, () => {
    const item = {
      email: random.one(["a@x.com", "b@x.com", "c@x.com", "d@x.com", null]),
      first_name: random.one([undefined, undefined, null, "Ann", "Zoë"]),
      phone: random.one([undefined, null, "+4930901820", "+15551234567"]),
      signal_strength: random.one([undefined, null, 0, 12.5]),
      source: random.one([undefined, "web", "fair"]),
      company_name: random.one([undefined, undefined, null, "Acme", "ACME", "Umbrella", "one.com"]),
      company_domain: random.one([undefined, undefined, null, "one.com", "two.com", "three.com"]),
      message: random.one([undefined, undefined, null, "Hello", "Bye"]),
    };
    return Object.fromEntries(
      Object.entries({ last_name: "L", ...item }).filter(([, value]) => value !== undefined),
    );
  });
}

async function ingest(database: Database, id: string, inputs: IngestInput[]) {
  const ingesting = ingestContacts(inputs);
  if (inputs.length > 1) {
    const text = "select created, company_created from app.ingest_contacts($1) order by item";
    return (await database.write(claimsOf(id), [{ ...ingesting, text }]))[0]!;
  }
  // One contact alone takes a path of its own.
  const [rows = []] = await database.write(claimsOf(id), [ingesting]);
  return ingestedContacts(inputs, rows).map((done) => {
    if (typeof done === "string") throw new Error(`refused by ${done}`);
    return { created: done.created, company_created: done.company?.created ?? false };
  });
}

async function stored(id: string) {
  const company =
    `(select json_build_object('name', co.name, 'domain', co.domain) from crm.companies co
    where co.workspace_id = c.workspace_id and co.id = c.company_id) as company`;
  const companies = await asOwner(
    "select name, domain from crm.companies where workspace_id = $1",
    [id],
  );
  const contacts = await asOwner(
    `select ${COLUMNS}, ${company} from crm.contacts c where workspace_id = $1`,
    [id],
  );
  const notes = await asOwner(
    `select description as text, (select email from crm.contacts p
      where p.workspace_id = c.workspace_id and p.id = c.contact_id) as email, ${company}
      from crm.activities c where workspace_id = $1`,
    [id],
  );
  return {
    companies: companies.sort(byText),
    contacts: contacts.sort(byText),
    notes: notes.sort(byText),
  };
}

function modelled({ companies, contacts, notes }: IngestModel) {
  const empty = Object.fromEntries(COLUMNS.split(", ").map((column) => [column, null]));
  return {
    companies: companies.map(({ name, domain }) => ({ name, domain })).sort(byText),
    contacts: contacts.map(({ fields, company }) => ({ ...empty, ...fields, company })).sort(
      byText,
    ),
    notes: notes.map(({ text, contact, company }) => ({
      text,
      email: contact.fields.email ?? null,
      company,
    })).sort(byText),
  };
}

/** Ingests the batches at once, and item by item in another workspace and in the model. */
async function compare(database: Database, batches: IngestInput[][]) {
  const [together, apart] = [await testWorkspace(), await testWorkspace()];
  const model = new IngestModel();
  const flags = { together: [] as unknown[], apart: [] as unknown[], model: [] as unknown[] };
  for (const batch of batches) {
    flags.together.push(...await ingest(database, together.id, batch));
    for (const item of batch) flags.apart.push(...await ingest(database, apart.id, [item]));
    flags.model.push(...batch.map((item) => model.ingest(item)));
  }
  return {
    together: { flags: flags.together, ...await stored(together.id) },
    apart: { flags: flags.apart, ...await stored(apart.id) },
    model: { flags: flags.model, ...modelled(model) },
  };
}

test.each([
  [
    "a company found by name keeps its domain, and a later item's company is not taken",
    [],
    [
      { company_name: "Acme", company_domain: "one.com" },
      { company_name: "Acme", company_domain: "two.com" },
      { company_domain: "two.com" },
    ],
  ],
  [
    "a company without a domain takes the first one that is free",
    [{ company_name: "Zed", company_domain: "one.com" }, { company_name: "Acme" }],
    [
      { company_name: "Acme", company_domain: "one.com" },
      { company_name: "Acme", company_domain: "two.com" },
      { company_domain: "two.com" },
    ],
  ],
  [
    "a note belongs to the company that the person had then",
    [],
    [
      { email: "a@x.com", company_name: "Acme", message: "Hello" },
      { email: "a@x.com", company_name: "Umbrella", message: "Bye" },
    ],
  ],
])("in a batch as one by one: %s", async (_, before: IngestInput[], batch: IngestInput[]) => {
  const named = (item: IngestInput, i: number) => ({ first_name: `Item ${i}`, ...item });
  const { together, apart, model } = await compare(apiDatabase(), [
    ...before.map((item) => [item]),
    batch.map(named),
  ]);
  expect(apart).toEqual(model);
  expect(together).toEqual(model);
});

test.each([1, 2, 3])("random batches act as their items one by one (seed %i)", async (seed) => {
  const random = seededRandom(seed);
  const database = apiDatabase();
  for (let round = 0; round < ROUNDS / 3; round++) {
    const batches = Array.from({ length: 1 + random.below(2) }, () => randomBatch(random));
    const { together, apart, model } = await compare(database, batches);
    expect(apart, `one by one: ${JSON.stringify(batches)}`).toEqual(model);
    expect(together, `together: ${JSON.stringify(batches)}`).toEqual(model);
  }
});

test.each([4, 5])(
  "contacts that give the same fields act as one by one (seed %i)",
  async (seed) => {
    const random = seededRandom(seed);
    const database = apiDatabase();
    for (let round = 0; round < 30; round++) {
      const [{ id }, model] = [await testWorkspace(), new IngestModel()];
      for (let batch = 0; batch < 4; batch++) {
        const given = COLUMNS.split(", ").filter((name) => name === "email" || random.below(2));
        const inputs = ["c@x.com", "a@x.com", "\u{1f600}@x.com", "b@x.com", "\uffee@x.com"]
          .filter(() => random.below(3)).map((email) => {
            const fields = { ...randomBatch(random)[0], title: "Boss", email };
            return Object.fromEntries(given.map((name) => [name, (fields as Named)[name] ?? null]));
          });
        if (inputs.length === 0) continue;
        const [rows = []] = await database.write(claimsOf(id), [ingestBriefly(inputs)]);
        const created = ingestedContacts(inputs, rows).map((done) =>
          typeof done === "string" ? done : done.created
        );
        expect(created).toEqual(inputs.map((input) => model.ingest(input).created));
        expect(await stored(id), JSON.stringify(inputs)).toEqual(modelled(model));
      }
    }
  },
);
