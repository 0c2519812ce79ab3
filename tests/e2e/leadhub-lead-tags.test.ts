import { describe, expect, test } from "vitest";
import { expectInvalid, expectMissing, leadHub, record } from "../support/leadhub.ts";

describe("a tag", () => {
  test("is added to a lead, made when new, and answered with the lead", async () => {
    const { api } = await leadHub();
    const { id, updated_at } = await api.made("leads", { first_name: "Sarah", tags: ["b"] });
    const lead = record(await api.post(`leads/${id}/tags`, { tag: " vip-client " }));
    expect(lead).toMatchObject({ id, tags: ["b", "vip-client"] });
    expect(lead.updated_at).not.toBe(updated_at);
    expect(record(await api.get(`leads/${id}`))).toEqual(lead);
    expect((await api.listed("tags?sort=name&direction=asc")).map(({ name }) => name))
      .toEqual(["b", "vip-client"]);
  });

  test("that the lead has already, in whatever case, changes nothing", async () => {
    const { api } = await leadHub();
    const lead = await api.made("leads", { first_name: "Sarah", tags: ["Hot"] });
    expect(record(await api.post(`leads/${lead.id}/tags`, { tag: "HOT" }))).toEqual(lead);
  });

  test("is taken off by its name, in whatever case; the tag itself stays", async () => {
    const { api } = await leadHub();
    const { id } = await api.made("leads", { first_name: "Sarah", tags: ["Hot", "cold"] });
    expect(record(await api.delete(`leads/${id}/tags/hOT`))).toMatchObject({ id, tags: ["cold"] });
    expectMissing(await api.delete(`leads/${id}/tags/Hot`), `No lead with id ${id} and tag Hot.`);
    expect((await api.listed("tags")).map(({ name }) => name)).toContain("Hot");
  });

  test.each(["a/b", "50% off", "ü +?#&=", "%2F", "a\\b", "日本", "'; --", "...", "a..b", "~._-"])(
    "%s is taken off by its percent-encoded name",
    async (tag) => {
      const { api } = await leadHub();
      const lead = await api.made("leads", { first_name: "Sarah", tags: [tag, "other"] });
      expect(lead.tags).toContain(tag);
      const path = `leads/${lead.id}/tags/${encodeURIComponent(tag)}`;
      expect(record(await api.delete(path)).tags).toEqual(["other"]);
    },
  );

  test("of no lead, or that the lead lacks, is missing", async () => {
    const { api } = await leadHub();
    const { id } = await api.made("leads", { first_name: "Sarah" });
    await api.made("tags", { name: "known" });
    expectMissing(
      await api.delete(`leads/${id}/tags/known`),
      `No lead with id ${id} and tag known.`,
    );
    expectMissing(await api.delete(`leads/${id}/tags/%00`), `No lead with id ${id} and tag \0.`);
    expectMissing(await api.delete("leads/0/tags/known"), "No lead with id 0 and tag known.");
    expectMissing(await api.delete("leads/x/tags/known"), "No lead with id x.");
    expectMissing(await api.post("leads/0/tags", { tag: "known" }), "No lead with id 0.");
  });

  test.each<[unknown, Record<string, string[]>]>([
    [{}, { tag: ["The tag field is required."] }],
    [{ tag: null }, { tag: ["Must be a string; it is null."] }],
    [{ tag: "" }, { tag: ["Must not be empty."] }],
    [{ tag: "x".repeat(65) }, { tag: ["Must have at most 64 characters."] }],
    [{ tag: "." }, { tag: ["Must not be . or .., which no web address can hold."] }],
    [{ tag: "a", tags: [] }, { tags: ["Unknown; did you mean tag?"] }],
    [["a"], { body: ["Must be a JSON object; it is an array."] }],
  ])("given as %j is refused", async (body, errors) => {
    const { api } = await leadHub();
    const { id } = await api.made("leads", { first_name: "Sarah" });
    expectInvalid(await api.post(`leads/${id}/tags`, body), errors);
  });

  test("is refused when the lead has 50 already", async () => {
    const { api } = await leadHub();
    const tags = Array.from({ length: 50 }, (_, n) => `tag ${n}`);
    const { id } = await api.made("leads", { first_name: "Sarah", tags });
    expectInvalid(await api.post(`leads/${id}/tags`, { tag: "one more" }), {
      tag: ["A lead has at most 50 tags."],
    });
    expect(record(await api.post(`leads/${id}/tags`, { tag: "TAG 7" })).tags).toHaveLength(50);
  });
});
