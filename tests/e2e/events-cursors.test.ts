import { describe, expect, test } from "vitest";
import type { ApiResponse, Json } from "../support/api-client.ts";
import { expectError } from "../support/expect-error.ts";
import { contactIn, FEED, feedWorld } from "../support/feed-world.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const brief = ({ body }: ApiResponse) =>
  (body.data as Json[]).map(({ type, record_id }) => `${type} ${record_id}`);

describe("refuses", () => {
  const fields = (answer: ApiResponse) => {
    expectError(answer, 400, "VALIDATION_ERROR");
    return answer.body.error.details.fields as Json[];
  };

  test("an unknown type, with the nearest known one", async () => {
    const { api } = await testWorkspace();
    const of = async (types: string) => fields(await api.get(`${FEED}?types=${types}`));
    expect(await of("contact.created,contacts.updated")).toEqual([
      {
        field: "types",
        message: "There is no type contacts.updated; did you mean contact.updated?",
      },
    ]);
    expect(await of("form_answers.arrived")).toEqual([
      {
        field: "types",
        message: expect.stringMatching(/no type form_answers.arrived; a type is one/),
      },
    ]);
    expect(await of("a.created,deal.*,b.created")).toHaveLength(2);
    expect(await of("x".repeat(2001))).toMatchObject([{ field: "types" }]);
    expect(await of("*")).toMatchObject([{ field: "types" }]);
  });

  test("a cursor that is broken, made up or of another workspace, and a wrong limit", async () => {
    const { api } = await testWorkspace();
    const { latest } = await feedWorld();
    const forged = Buffer.from("99999999999999999999.1.AAAAAAAAAAAA").toString("base64url");
    for (
      const since of ["", "now", "0", "12.5", `${latest}A`, latest.slice(1), latest, forged, "ü"]
    ) {
      expect(fields(await api.get(`${FEED}?since=${encodeURIComponent(since)}`)), since).toEqual([
        {
          field: "since",
          message: expect.stringMatching(/^Must be latest, a next_cursor of this/),
        },
      ]);
    }
    for (const limit of ["0", "1001", "-1", "many"]) {
      expect(fields(await api.get(`${FEED}?limit=${limit}`))).toMatchObject([{ field: "limit" }]);
    }
    const several = fields(await api.get(`${FEED}?since=x&types=y&limit=z&sinc=1`));
    expect(several.map(({ field }) => field).sort()).toEqual(["limit", "sinc", "since", "types"]);
  });

  test("a key that may read some of it only", async () => {
    const { apiWith } = await testWorkspace();
    for (const scope of ["contacts:read", "contacts:write", "contact_ingest"]) {
      expectError(await (await apiWith({ scopes: [scope] })).get(FEED), 403, "FORBIDDEN");
    }
    for (const scope of ["events:read", "read", "admin"]) {
      expect((await (await apiWith({ scopes: [scope] })).get(FEED)).status).toBe(200);
    }
  });
});

test("another workspace sees none of it", async () => {
  const [mine, theirs] = [await feedWorld(), await feedWorld()];
  const contact = await contactIn(theirs.api);
  expect((await mine.api.get(`${FEED}?since=${mine.latest}`)).body.data).toEqual([]);
  const everything = await mine.api.get(FEED);
  expect(everything.text).not.toContain(contact.id);
  expect(brief(await theirs.api.get(`${FEED}?since=${theirs.latest}`)))
    .toEqual([`contact.created ${contact.id}`]);
});

test("a cursor behind which events were removed is refused, and what is left can be read", async () => {
  const { api, id, latest } = await feedWorld();
  for (let i = 0; i < 3; i++) await contactIn(api, `c${i}@example.com`);
  const { body } = await api.get(`${FEED}?since=${latest}`);
  const [first, second, third] = body.data as [Json, Json, Json];
  await asOwner(
    "update crm.events set at = now() - interval '31 days' where workspace_id = $1 and sequence <= $2",
    [id, second.sequence],
  );
  await asOwner("select app.housekeep(10000)");
  for (const since of [latest, first.id]) {
    const answer = await api.get(`${FEED}?since=${since}`);
    expectError(answer, 400, "VALIDATION_ERROR");
    expect(answer.body.error.details).toEqual({
      expired: true,
      fields: [{ field: "since", message: expect.stringMatching(/events after it were removed/) }],
    });
  }
  for (const query of [`since=${second.id}`, ""]) {
    const answer = await api.get(`${FEED}?${query}`);
    expect(answer.body.data).toEqual([third]);
  }
  expect((await api.get(`${FEED}?since=${third.id}`)).body.data).toEqual([]);
});
