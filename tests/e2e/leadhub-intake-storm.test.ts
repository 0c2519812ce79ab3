import { expect, inject, test } from "vitest";
import { ApiClient, type ApiResponse, type Json } from "../support/api-client.ts";
import { formWorld } from "../support/forms.ts";
import { asOwner } from "../support/workspace.ts";

const PEOPLE = 10;
const EACH = 10;

/** What one of many requests sends of a person: every value is another one. */
function sentOf(person: number, turn: number) {
  return {
    email: `person${person}@example.com`,
    phone: `+1415555200${person}`,
    first_name: `First ${turn}`,
    notes: `Note ${turn}`,
    [`unknown${turn}`]: `Unknown ${turn}`,
  };
}

test("a hundred intakes and submissions of ten people at once make ten leads, and lose nothing", async () => {
  const { api, slug, form, id, submit } = await formWorld({
    fields: ["email", "phone", "first_name"].map((key) => ({ key, type: "text" })),
  });
  const raw = new ApiClient(inject("gatewayUrl"), api.key);
  const intake = (body: object) => raw.post(`leadhub/api/inbound/leads?tenant=${slug}`, body);
  const turns = Array.from({ length: PEOPLE * EACH }, (_, n) => n);
  const answers = await Promise.all(turns.map(async (turn) => {
    const person = turn % PEOPLE;
    const isIntake = Math.floor(turn / PEOPLE) % 2 === 0;
    const answer = await (isIntake ? intake : submit)(sentOf(person, turn));
    return { person, ...readAnswer(answer, isIntake) };
  }));
  expect(answers.filter(({ isNew }) => isNew)).toHaveLength(PEOPLE);
  const leads = await api.listed("leads?per_page=100");
  expect(leads).toHaveLength(PEOPLE);
  for (const { person, lead } of answers) {
    expect(leads.find((one) => one.id === lead)?.email).toBe(`person${person}@example.com`);
  }
  const activities = await asOwner<{ data: Json }>(
    "select data from crm.activities where workspace_id = $1",
    [id],
  );
  const kept = JSON.stringify([leads, activities]);
  for (const turn of turns) {
    for (const value of Object.values(sentOf(turn % PEOPLE, turn))) expect(kept).toContain(value);
  }
  const { submissions_count } = (await api.get(`forms/${form.id}`)).body.data;
  expect(submissions_count).toBe(turns.length / 2);
});

function readAnswer({ status, body, text }: ApiResponse, isIntake: boolean) {
  expect(status, text).toBeOneOf([200, 201]);
  const { lead_id, is_duplicate } = isIntake ? body : body.data;
  expect(isIntake && status === 201 && is_duplicate, text).toBe(false);
  return { lead: lead_id, isNew: !is_duplicate };
}
