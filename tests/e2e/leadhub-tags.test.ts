import { expect, test } from "vitest";
import { expectInvalid, expectMissing, leadHub, record } from "../support/leadhub.ts";
import { expectGone, listed, TIME } from "../support/leadhub-records.ts";
import { asOwner } from "../support/workspace.ts";

const TAGS = "tags";

test("a tag is made, read, listed, changed by PUT and PATCH, and deleted", async () => {
  const { api: leadhub } = await leadHub();
  const made = record(await leadhub.post(TAGS, { name: "  VIP  ", color: "#f00" }), 201);
  expect(made).toEqual({
    id: expect.any(Number),
    name: "VIP",
    color: "#f00",
    leads_count: 0,
    created_at: TIME,
    updated_at: TIME,
  });
  const one = `${TAGS}/${made.id}`;
  expect(record(await leadhub.get(one))).toEqual(made);
  expect((await leadhub.get(TAGS)).body.data).toEqual([made]);
  expect(record(await leadhub.put(one, { name: "vip" })))
    .toEqual({ ...made, name: "vip", updated_at: TIME });
  expect(record(await leadhub.patch(one, { color: null })))
    .toEqual({ ...made, name: "vip", color: null, updated_at: TIME });
  expectGone(await leadhub.delete(one));
  expectMissing(await leadhub.delete(one), `No tag with id ${made.id}.`);
  expectMissing(await leadhub.get(one), `No tag with id ${made.id}.`);
  expectMissing(await leadhub.patch(one, { name: "x" }), `No tag with id ${made.id}.`);
});

test("a tag is sent back as it was read; what is read-only is ignored", async () => {
  const { api: leadhub } = await leadHub();
  const made = record(await leadhub.post(TAGS, { name: "VIP", color: null }), 201);
  const other = { ...made, id: 1, leads_count: "many", created_at: null };
  const changed = record(await leadhub.put(`${TAGS}/${made.id}`, other));
  expect(changed).toEqual({ ...made, updated_at: TIME });
  const { updated_at } = changed;
  const ignored = await leadhub.patch(`${TAGS}/${made.id}`, { leads_count: 7 });
  expect(record(ignored)).toEqual({ ...made, updated_at });
});

test("each mistake of a body and of the query is told at once, by field", async () => {
  const { api: leadhub } = await leadHub();
  const { id } = record(await leadhub.post(TAGS, { name: "VIP" }), 201);
  expectInvalid(await leadhub.post(`${TAGS}?x=1`, { nam: "x", color: 5 }), {
    x: ["Unknown; none are known here."],
    name: ["The name field is required."],
    nam: ["Unknown; did you mean name?"],
    color: ["Must be a string; it is a number."],
  });
  const long = { name: "n".repeat(65), color: "c".repeat(33) };
  const tooLong = {
    name: ["Must have at most 64 characters."],
    color: ["Must have at most 32 characters."],
  };
  expectInvalid(await leadhub.post(TAGS, long), tooLong);
  expectInvalid(await leadhub.patch(`${TAGS}/${id}`, long), tooLong);
  expectInvalid(await leadhub.post(TAGS, { name: " \t " }), { name: ["Must not be empty."] });
  expectInvalid(await leadhub.patch(`${TAGS}/${id}`, { name: null }), {
    name: ["Must be a string; it is null."],
  });
  expectInvalid(await leadhub.patch(`${TAGS}/${id}`, {}), {
    body: ["The body must have at least one field."],
  });
  record(await leadhub.post(TAGS, { name: "n".repeat(64), color: "c".repeat(32) }), 201);
});

test("a name is taken regardless of case", async () => {
  const { api: leadhub } = await leadHub();
  const taken = { name: ["Another tag has this name."] };
  const { id } = record(await leadhub.post(TAGS, { name: "Größe" }), 201);
  const other = record(await leadhub.post(TAGS, { name: "other" }), 201);
  expectInvalid(await leadhub.post(TAGS, { name: "GRÖßE" }), taken);
  expectInvalid(await leadhub.put(`${TAGS}/${other.id}`, { name: "größe" }), taken);
  record(await leadhub.put(`${TAGS}/${id}`, { name: "GRÖßE" }));
});

test("a list is sorted as asked, in pages", async () => {
  const { api: leadhub } = await leadHub();
  for (const name of ["b", "C", "a", "ä"]) await leadhub.post(TAGS, { name });
  const names = (query: string) => listed(leadhub, `${TAGS}?${query}`, "name");
  expect(await names("")).toEqual(["ä", "a", "C", "b"]);
  expect(await names("direction=asc")).toEqual(["b", "C", "a", "ä"]);
  expect(await names("sort=name&direction=asc")).toEqual(["a", "ä", "b", "C"]);
  expect(await names("sort=name")).toEqual(["C", "b", "ä", "a"]);
  expect(await names("sort=name&direction=asc&per_page=3&page=2")).toEqual(["C"]);
  const [first] = (await leadhub.get(`${TAGS}?direction=asc`)).body.data;
  await leadhub.patch(`${TAGS}/${first.id}`, { color: "red" });
  expect(await names("sort=updated_at")).toEqual(["b", "ä", "a", "C"]);
  expectInvalid(await leadhub.get(`${TAGS}?sort=color&direction=up&search=a`), {
    sort: ["Must be one of created_at, updated_at, name."],
    direction: ["Must be asc or desc."],
    search: ["Unknown; known are page, per_page, sort, direction."],
  });
});

test("its leads are counted; renaming and deleting it writes no event of theirs", async () => {
  const { api: leadhub, id: workspace } = await leadHub();
  const lead = record(
    await leadhub.post("leads", { first_name: "Sarah", tags: ["hot", "b"] }),
    201,
  );
  const [, tag] = (await leadhub.get(`${TAGS}?sort=name&direction=asc`)).body.data;
  expect(tag).toMatchObject({ name: "hot", leads_count: 1 });
  const events = () =>
    asOwner(
      `select resource, action from crm.events where workspace_id = $1
        and resource in ('leads', 'lead_tags') order by sequence`,
      [workspace],
    );
  const before = await events();
  await leadhub.patch(`${TAGS}/${tag.id}`, { name: "Very hot" });
  const shown = async () => record(await leadhub.get(`leads/${lead.id}`)).tags;
  expect(await shown()).toEqual(["b", "Very hot"]);
  expectGone(await leadhub.delete(`${TAGS}/${tag.id}`));
  expect(await shown()).toEqual(["b"]);
  expect(await events()).toEqual(before);
});

test("a tag of another workspace, or no whole number, is not there", async () => {
  const [mine, theirs] = [await leadHub(), await leadHub()];
  const { id } = record(await theirs.api.post(TAGS, { name: "VIP" }), 201);
  for (const given of [id, "1.5", "-1", "abc", "9".repeat(30)]) {
    const [one, message] = [`${TAGS}/${given}`, `No tag with id ${given}.`];
    expectMissing(await mine.api.get(one), message);
    expectMissing(await mine.api.put(one, { name: "x" }), message);
    expectMissing(await mine.api.delete(one), message);
  }
  expect(await listed(mine.api, TAGS, "id")).toEqual([]);
  expect(await listed(theirs.api, TAGS, "name")).toEqual(["VIP"]);
});
