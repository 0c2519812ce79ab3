import { describe, expect, test } from "vitest";
import type { ApiResponse, Json } from "../support/api-client.ts";
import { formWorld } from "../support/forms.ts";
import { intakeWorld } from "../support/intake.ts";
import { asOwner } from "../support/workspace.ts";
import { LONG } from "./form.ts";
import { NAUGHTY, UNSTORABLE } from "./naughty-strings.ts";

const TOGETHER = 8;
const EVERY = 5;
const FIELDS = ["first_name", "last_name", "phone", "company", "source", "notes", "unknown"];
const TYPES = ["text", "textarea", "email", "phone", "number", "date", "url", "select", "checkbox"];

/** Sends texts, some at once, each of a person of its own. */
async function sendAll(
  index: number,
  send: (text: string, email: string) => Promise<ApiResponse>,
) {
  const answers: { text: string; answer: ApiResponse }[] = [];
  // The short form tries each text in some fields, and in each field some texts.
  const queue = [...NAUGHTY, ...UNSTORABLE].filter((_, i) => LONG || (i + index) % EVERY === 0)
    .entries();
  const worker = async () => {
    for (const [i, text] of queue) {
      answers.push({ text, answer: await send(text, `p${i}@example.com`) });
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, worker));
  return answers;
}

/** What a lead and its activities hold, by its number. */
async function heldOf(workspace: string): Promise<Map<number, string>> {
  const rows = await asOwner<{ number: string; held: Json }>(
    `select l.number, jsonb_build_array(to_jsonb(l), jsonb_agg(a.data)) as held
      from crm.leads_with_links l
      join crm.activities a on a.workspace_id = l.workspace_id and a.contact_id = l.contact_id
      where l.workspace_id = $1 group by l.number, l.*`,
    [workspace],
  );
  return new Map(rows.map(({ number, held }) => [Number(number), JSON.stringify(held)]));
}

function lostOf(text: string, held = ""): boolean {
  if (UNSTORABLE.includes(text)) return false;
  return text.trim() !== "" && !held.includes(JSON.stringify(text).slice(1, -1));
}

describe.each(FIELDS)("%s of an intake", (field) => {
  test("costs no lead, whatever it holds, and loses nothing", async () => {
    const { id, send } = await intakeWorld({
      contacts_per_day: 10_000,
      activities_per_day: 10_000,
    });
    const answers = await sendAll(
      FIELDS.indexOf(field),
      (text, email) => send({ email, [field]: text }),
    );
    const refused = answers.filter(({ answer: { status } }) => status !== 200 && status !== 201);
    expect(refused.map(({ text, answer }) => [text, answer.text])).toEqual([]);
    const held = await heldOf(id);
    const lost = answers.filter(({ text, answer }) => lostOf(text, held.get(answer.body.lead_id)));
    expect(lost.map(({ text }) => text)).toEqual([]);
  });
});

test.each(TYPES)("a form's field of type %s costs no lead, and loses nothing", async (type) => {
  const options = type === "select" ? { options: ["A", "B"] } : {};
  const { id, submit } = await formWorld({
    fields: [{ key: "email", type: "email" }, { key: "any", type, ...options }],
  });
  const answers = await sendAll(TYPES.indexOf(type), (text, email) => submit({ email, any: text }));
  const refused = answers.filter(({ answer: { status } }) => status !== 201);
  expect(refused.map(({ text, answer }) => [text, answer.text])).toEqual([]);
  const held = await heldOf(id);
  const lost = answers.filter(({ text, answer }) =>
    lostOf(text, held.get(answer.body.data.lead_id))
  );
  expect(lost.map(({ text }) => text)).toEqual([]);
});
