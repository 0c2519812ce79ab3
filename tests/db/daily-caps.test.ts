import { describe, expect, test } from "vitest";
import { claimsOf } from "../support/as-role.ts";
import { ingestContacts } from "../../shared/crm/contact-ingest.ts";
import { limited, people, person, stored, talker, tally } from "../support/daily-caps.ts";
import { asOwner } from "../support/workspace.ts";

describe("in parallel", () => {
  test("40 single ingests of new emails fill a cap of 10 exactly", async () => {
    const { id, ingest } = await limited({ contacts_per_day: 10 }, 4);
    const results = (await Promise.all(people(0, 40).map((one) => ingest(one)))).flat();
    expect(tally(results)).toEqual({ created: 10, updated: 0, refused: 30 });
    expect(new Set(results)).toEqual(new Set(["created", "contacts_per_day"]));
    expect(await stored(id)).toEqual({ contacts: 10, activities: 0, used: [10, 0] });
  });

  test("batches of 7 fill a cap of 10 exactly, each up to the item that would pass it", async () => {
    const { id, ingest } = await limited({ contacts_per_day: 10 }, 4);
    const batches = Array.from({ length: 24 }, (_, i) => people(i * 7, 7));
    const results = await Promise.all(batches.map((batch) => ingest(...batch)));
    expect(tally(results.flat())).toEqual({ created: 10, updated: 0, refused: 24 * 7 - 10 });
    for (const batch of results) {
      const first = batch.indexOf("contacts_per_day");
      expect(first < 0 ? [] : batch.slice(first)).not.toContain("created");
    }
    expect(await stored(id)).toEqual({ contacts: 10, activities: 0, used: [10, 0] });
  });

  test("batches that share people count each person once", async () => {
    const { id, ingest } = await limited({ contacts_per_day: 10 }, 4);
    const batches = Array.from(
      { length: 24 },
      (_, i) => i % 2 ? people(i % 8, 7) : people(i % 8, 7).toReversed(),
    );
    const results = (await Promise.all(batches.map((batch) => ingest(...batch)))).flat();
    expect(tally(results).created).toBe(10);
    expect(await stored(id)).toEqual({ contacts: 10, activities: 0, used: [10, 0] });
  });

  test("messages fill the cap of activities exactly, and a refused item stores nothing", async () => {
    const { id, ingest } = await limited({ activities_per_day: 10 }, 4);
    const batches = Array.from(
      { length: 24 },
      (_, i) => [talker(3 * i), talker(3 * i + 1), person(3 * i + 2)],
    );
    const results = (await Promise.all(batches.map((batch) => ingest(...batch)))).flat();
    const { activities, contacts, used } = await stored(id) as Record<string, unknown>;
    const { created } = tally(results);
    expect(new Set(results)).toEqual(new Set(["created", "activities_per_day"]));
    expect({ activities, contacts, used }).toEqual({
      activities: 10,
      contacts: created,
      used: [created, 10],
    });
    const silent = await asOwner(
      `select email from crm.contacts c where workspace_id = $1
        and substring(email from '\\d+')::int % 3 < 2
        and not exists (select from crm.activities a where a.workspace_id = $1 and a.contact_id = c.id)`,
      [id],
    );
    expect(silent).toEqual([]);
  });

  test("updates pass while the quota is being used up", async () => {
    const { id, ingest } = await limited({ contacts_per_day: 10 }, 4);
    await ingest(...people(0, 5));
    const singles = Array.from(
      { length: 40 },
      (_, i) => i % 2 ? person(i % 5) : person(`new-${i}`),
    );
    const results = (await Promise.all(singles.map((one) => ingest(one)))).flat();
    expect(tally(results)).toEqual({ created: 5, updated: 20, refused: 15 });
    expect(await stored(id)).toEqual({ contacts: 10, activities: 0, used: [10, 0] });
  });
});

test("at a full cap updates pass, and what would create is refused from there on", async () => {
  const { id, ingest } = await limited({ contacts_per_day: 2 });
  expect(await ingest(person(1), person(2), person(1))).toEqual(["created", "created", "updated"]);
  expect(await ingest(talker(2), person(1), person(3), person(1)))
    .toEqual(["updated", "updated", "contacts_per_day", "contacts_per_day"]);
  expect(await ingest({ phone: "+4930901820" })).toEqual(["contacts_per_day"]);
  expect(await stored(id)).toEqual({ contacts: 2, activities: 1, used: [2, 1] });
});

test("a person twice in a batch takes of the quota once", async () => {
  const { id, ingest } = await limited({ contacts_per_day: 2 });
  expect(await ingest(person(1), person(1), person(1), person(2), person(3)))
    .toEqual(["created", "updated", "updated", "created", "contacts_per_day"]);
  expect(await stored(id)).toEqual({ contacts: 2, activities: 0, used: [2, 0] });
});

test("of both limits, the one that is passed is named", async () => {
  const { id, ingest } = await limited({ contacts_per_day: 1, activities_per_day: 1 });
  expect(await ingest(talker(1), talker(1))).toEqual(["created", "activities_per_day"]);
  expect(await ingest(person(2))).toEqual(["contacts_per_day"]);
  expect(await ingest(person(1))).toEqual(["updated"]);
  expect(await stored(id)).toEqual({ contacts: 1, activities: 1, used: [1, 1] });
});

test("a limit of 0 refuses the first", async () => {
  const { id, ingest } = await limited({ contacts_per_day: 0, activities_per_day: 0 });
  expect(await ingest(person(1))).toEqual(["contacts_per_day"]);
  expect(await stored(id)).toMatchObject({ contacts: 0, activities: 0 });
});

test("a write that is rolled back uses nothing", async () => {
  const { id, ingest, database } = await limited({ contacts_per_day: 2 });
  const statements = [ingestContacts([talker(1), talker(2)]), { text: "select 1 / 0", values: [] }];
  await expect(database.write(claimsOf(id), statements)).rejects.toThrow("division by zero");
  expect(await stored(id)).toEqual({ contacts: 0, activities: 0, used: null });
  expect(await ingest(talker(1), talker(2))).toEqual(["created", "created"]);
});

test("a day's use does not count the next day, and deleting gives nothing back", async () => {
  const { id, ingest } = await limited({ contacts_per_day: 3 });
  const yesterday = "(now() at time zone 'UTC')::date - 1";
  await asOwner(
    `insert into crm.daily_usage (workspace_id, day, contacts, activities)
      values ($1, ${yesterday}, 3, 50000)`,
    [id],
  );
  expect(await ingest(talker(1), talker(2))).toEqual(["created", "created"]);
  await asOwner("delete from crm.contacts where workspace_id = $1", [id]);
  expect(await ingest(person(3), person(4))).toEqual(["created", "contacts_per_day"]);
  expect(await stored(id)).toEqual({ contacts: 1, activities: 2, used: [3, 2] });
});

test("a limit that is set below the use refuses, and one that is raised lets in again", async () => {
  const { id, ingest } = await limited({ contacts_per_day: 10 });
  const limit = (to: number) =>
    asOwner("update crm.workspaces set contacts_per_day = $2 where id = $1", [id, to]);
  expect(tally(await ingest(...people(0, 5))).created).toBe(5);
  await limit(2);
  expect(await ingest(person(0), person(9))).toEqual(["updated", "contacts_per_day"]);
  await limit(6);
  expect(await ingest(person(9), person(10))).toEqual(["created", "contacts_per_day"]);
  expect(await stored(id)).toMatchObject({ contacts: 6, used: [6, 0] });
});
