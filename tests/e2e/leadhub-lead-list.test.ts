import { describe, expect, test } from "vitest";
import { expectInvalid, leadHub, userNumber } from "../support/leadhub.ts";
import { asOwner } from "../support/workspace.ts";

/** First names in the order of the answer. */
type Names = string[];

/** A workspace with four leads, made one after another, and how to list them. */
async function people() {
  const world = await leadHub();
  const { id, api } = world;
  const user = await userNumber(id, "jane");
  const other = await api.made("pipelines", { name: "Other", stages: [{ name: "In" }] });
  const ada = { first_name: "ada", last_name: "Byron", email: "zed@example.com", source: "web" };
  const bob = { first_name: "Bob", phone: "+49 30 901820", lead_score: 5, tags: ["Hot", "new"] };
  const cem = { first_name: "Cem", last_name: "Öz", source: "Web", status: "won", starred: true };
  const leads = [
    { ...ada, tags: ["hot"], assigned_user_id: user },
    { ...bob, pipeline_id: other.id, notes: "ada" },
    { ...cem, lead_score: 5, email: "cem@example.com" },
    { first_name: "Dan", last_name: "100%_", phone: "0171 (555)", pipeline_id: other.id },
  ];
  for (const lead of leads) await api.made("leads", lead);
  const names = async (query: string): Promise<Names> =>
    (await api.listed(`leads?${query}`)).map(({ first_name }) => first_name);
  return { ...world, names, user, other };
}

describe("the list of leads", () => {
  test("is filtered, and its total is true", async () => {
    const { api, names, user, other } = await people();
    const filters: Record<string, Names> = {
      "source=web": ["ada"],
      "source=WEB": [],
      "source=": [],
      "status=new": ["Dan", "Bob", "ada"],
      "status=wo": [],
      [`pipeline_id=${other.id}`]: ["Dan", "Bob"],
      "pipeline_id=0": [],
      "pipeline_id=99999999999999999999": [],
      [`stage_id=${other.stages[0].id}`]: ["Dan", "Bob"],
      [`assigned_user_id=${user}`]: ["ada"],
      "assigned_user_id=0": [],
      "tag=hot": ["Bob", "ada"],
      "tag=HOT": ["Bob", "ada"],
      "tag=ho": [],
      "tag=": [],
      "starred=true": ["Cem"],
      "starred=false": ["Dan", "Cem", "Bob", "ada"],
      [`tag=hot&pipeline_id=${other.id}`]: ["Bob"],
      "tag=hot&status=new&source=web": ["ada"],
      "status=new&starred=true": [],
    };
    for (const [query, expected] of Object.entries(filters)) {
      expect(await names(query), query).toEqual(expected);
      const { body: { meta } } = await api.get(`leads?${query}&per_page=1`);
      expect(meta.total, query).toBe(expected.length);
    }
  });

  test("is searched for every word in names, email or phone", async () => {
    const { names } = await people();
    const searches: Record<string, Names> = {
      ADA: ["ada"],
      "byron ada": ["ada"],
      "ada cem": [],
      "öz": ["Cem"],
      "example.com": ["Cem", "ada"],
      "%": ["Dan"],
      _: ["Dan"],
      "100%_": ["Dan"],
      "%a%": [],
      "4930901820": ["Bob"],
      "(30) 901": ["Bob"],
      "+49.30": ["Bob"],
      "171555": ["Dan"],
      "171 bob": [],
      "": ["Dan", "Cem", "Bob", "ada"],
      "  ": ["Dan", "Cem", "Bob", "ada"],
    };
    for (const [search, expected] of Object.entries(searches)) {
      expect(await names(`search=${encodeURIComponent(search)}`), search).toEqual(expected);
    }
    expect(await names("search=example&starred=true")).toEqual(["Cem"]);
  });

  test("is sorted, texts without regard to case, the missing as empty, ties by id", async () => {
    const { names, api } = await people();
    const [bob] = await api.listed("leads?search=bob");
    await api.patch(`leads/${bob.id}`, { notes: "changed last" });
    const sorts: Record<string, Names> = {
      created_at: ["ada", "Bob", "Cem", "Dan"],
      updated_at: ["ada", "Cem", "Dan", "Bob"],
      lead_score: ["ada", "Dan", "Bob", "Cem"],
      first_name: ["ada", "Bob", "Cem", "Dan"],
      last_name: ["Bob", "Dan", "ada", "Cem"],
      email: ["Bob", "Dan", "Cem", "ada"],
    };
    for (const [sort, ascending] of Object.entries(sorts)) {
      expect(await names(`sort=${sort}&direction=asc`), sort).toEqual(ascending);
      expect(await names(`sort=${sort}&direction=desc`), sort).toEqual(ascending.toReversed());
      expect(await names(`sort=${sort}`), sort).toEqual(ascending.toReversed());
    }
    expect(await names("")).toEqual(["Dan", "Cem", "Bob", "ada"]);
  });

  test("is filtered by when leads were made, the time itself left out", async () => {
    const { id, names } = await people();
    const times = ["09:00:00", "12:00:00", "15:00:00.000001", "23:59:59"];
    for (const [at, name] of ["ada", "Bob", "Cem", "Dan"].entries()) {
      await asOwner(
        "update crm.leads set created_at = $3 where workspace_id = $1 and first_name = $2",
        [id, name, `2026-03-28T${times[at]}Z`],
      );
    }
    const filters: Record<string, Names> = {
      "created_after=2026-03-28": ["Dan", "Cem", "Bob", "ada"],
      "created_before=2026-03-28": [],
      "created_after=2026-03-29": [],
      "created_before=2026-03-29": ["Dan", "Cem", "Bob", "ada"],
      "created_after=2026-03-28T12:00:00Z": ["Dan", "Cem"],
      "created_before=2026-03-28T12:00:00Z": ["ada"],
      "created_after=2026-03-28T12:00:00": ["Dan", "Cem"],
      "created_after=2026-03-28T12:00": ["Dan", "Cem"],
      "created_after=2026-03-28T15:00:00.000001": ["Dan"],
      "created_before=2026-03-28T15:00:00.000001Z": ["Bob", "ada"],
      "created_after=2026-03-28T14:00:00%2B02:00": ["Dan", "Cem"],
      "created_after=2026-03-28T14:00:00+02:00": ["Dan", "Cem"],
      "created_after=2026-03-28T14:00:00%2002:00": ["Dan", "Cem"],
      "created_after=2026-03-28T10:00:00-02:00": ["Dan", "Cem"],
      "created_after=2026-03-28T09:00:00&created_before=2026-03-28T15:00:00": ["Bob"],
      "created_after=2026-03-28T09:00:00&status=new&sort=first_name": ["Dan", "Bob"],
    };
    for (const [query, expected] of Object.entries(filters)) {
      expect(await names(query), query).toEqual(expected);
    }
  });

  test.each([
    "yesterday",
    "2026-02-30",
    "2026-03-28T25:00:00",
    "2026-03-28 12:00:00",
    "2026-03-28T12:00:00+2",
    "1774688400",
    "28.03.2026",
    "",
  ])("takes %j for no time", async (time) => {
    const { api } = await leadHub();
    const sentence = "Must be a date or a time, such as 2026-03-28 or 2026-03-28T09:15:00Z.";
    const given = encodeURIComponent(time);
    expectInvalid(await api.get(`leads?created_after=${given}&created_before=${given}`), {
      created_after: [sentence],
      created_before: [sentence],
    });
  });

  test("refuses what its parameters cannot be, all at once", async () => {
    const { api } = await leadHub();
    const wrong = {
      page: "0",
      per_page: "101",
      sort: "lead_scor",
      direction: "up",
      starred: "1",
      pipeline_id: "x",
      stage_id: "1.5",
      assigned_user_id: "-1",
      search: "x".repeat(201),
      sorce: "web",
    };
    const number = ["Must be a whole number."];
    expectInvalid(await api.get(`leads?${new URLSearchParams(wrong)}`), {
      page: ["Must be a whole number from 1 to 1000000000."],
      per_page: ["Must be a whole number from 1 to 100."],
      sort: [
        "Must be one of created_at, updated_at, lead_score, first_name, last_name, email; " +
        "did you mean lead_score?",
      ],
      direction: ["Must be asc or desc."],
      starred: ["Must be true or false."],
      pipeline_id: number,
      stage_id: number,
      assigned_user_id: number,
      search: ["Must have at most 200 characters."],
      sorce: ["Unknown; did you mean source?"],
    });
    expectInvalid(await api.get("leads?status=a&status=b"), { status: ["Must be given once."] });
  });
});
