import { describe, expect, test } from "vitest";
import { splitName } from "../../shared/connectors/answers/names.ts";
import { askedFor, plainQuestion } from "../../shared/connectors/answers/question.ts";
import { compileExpression } from "../../shared/connectors/expressions/expression.ts";
import { loadRegistries } from "../../shared/crm/values/registries.ts";
import { patientBudget } from "../support/patient-budget.ts";

await loadRegistries();

const evaluated = (text: string, event: unknown) =>
  compileExpression(text).evaluate(event, patientBudget());

const QUESTIONS: Record<string, string[]> = {
  email: ["E-Mail *", "Correo electrónico", "メールアドレス", "Adresse e-mail", "אימייל"],
  phone: [
    "Téléphone",
    "전화번호",
    "رقم الجوال",
    "Numer telefonu",
    "Handynummer",
    "Your cell",
    "電話",
  ],
  full_name: [
    "1. What's your name? *",
    "Nombre y apellidos",
    "氏名",
    "이름",
    "الاسم الكامل",
    "שם מלא",
  ]
    .concat(
      "Ad Soyad",
      "Imię i nazwisko",
      "Contact person",
      "Name (as in passport)",
      "your-name",
      "Imię",
      "Имя",
    ),
  first_name: ["Vorname", "Prénom", "<b>First</b> name", "given-name", "Förnamn"],
  last_name: ["Фамилия", "Nom de famille", "surname", "Efternamn", "family-name"],
  company: ["Company name", "Firma", "会社名", "Entreprise", "organization", "Nazwa firmy"],
  title: ["Job title", "Position", "Funktion", "organization-title"],
};

test.each(
  Object.entries(QUESTIONS).flatMap(([part, questions]) =>
    questions.map((question) => [question, part])
  ),
)("%j asks for the %s", (question, part) => {
  expect([...askedFor(plainQuestion(question)).keys()]).toEqual([part]);
});

test.each([
  "Your partner's name",
  "Name of your dog",
  "Company size",
  "Username",
  "Maiden name",
  "Ad name",
  "Fax",
  "お問い合わせ",
  "",
])("%j asks for nothing of the contact", (question) => {
  expect([...askedFor(plainQuestion(question)).keys()]).toEqual([]);
});

test.each([
  ["Ann Lee", "Ann", "Lee"],
  ["  Ann\t Lee ", "Ann", "Lee"],
  ["Ludwig van Beethoven", "Ludwig", "van Beethoven"],
  ["María José de la Cruz", "María", "José de la Cruz"],
  ["Müller, Jürgen", "Jürgen", "Müller"],
  ["von der Leyen, Ursula", "Ursula", "von der Leyen"],
  ["Martin Luther King Jr.", "Martin", "Luther King Jr."],
  ["Dr. Jane Roe", "Jane", "Roe"],
  ["Jane Roe, PhD", "Jane", "Roe"],
  ["山田 太郎", "山田", "太郎"],
  ["محمد بن سلمان", "محمد", "بن سلمان"],
  ["Мария Ивановна Петрова", "Мария", "Ивановна Петрова"],
  ["김민준", "김민준", ""],
  ["Madonna", "Madonna", ""],
  ["", "", ""],
])("the name %j is %j and %j", (given, first, last) => {
  expect(splitName(given)).toMatchObject({ first, last });
});

describe("$leads", () => {
  const pairs = [{ name: "email", value: "a@example.com" }, { name: "name", value: "Ann" }];

  test.each([
    ["an object", { email: "a@example.com" }, 1],
    ["a list of people", [{ email: "a@example.com" }, { email: "b@example.com" }], 2],
    ["a list within an object", { items: [{ phone: "1" }, { phone: "2" }], form: "F" }, 2],
    ["a list of answers", pairs, 1],
    ["a list of answers within an object", { values: pairs, submittedAt: 1 }, 1],
    [
      "a list of things",
      { email: "a@example.com", lines: [{ item: "Lamp" }, { item: "Bulb" }] },
      1,
    ],
    ["JSON as text", JSON.stringify([{ email: "a@example.com" }, { email: "b@example.com" }]), 2],
    ["what is nobody's", { status: "ok" }, 1],
  ])("takes %s apart", async (_, payload, count) => {
    expect(await evaluated("$count($leads($))", { payload }.payload)).toBe(count);
  });

  test("gives each of several what they share", async () => {
    expect(
      await evaluated("$leads($)", {
        form: "F",
        leads: [{ email: "a@b.org" }, { email: "b@b.org" }],
      }),
    )
      .toEqual([{ form: "F", email: "a@b.org" }, { form: "F", email: "b@b.org" }]);
  });
});

describe("$person($answers($)) of an object", () => {
  const ANN = { first_name: "Ann", last_name: "Lee", email: "ann@example.com" };
  const direct = { name: "Ann Lee", email: "ann@example.com" };

  test.each([
    ["that is flat", direct],
    ["that is wrapped", { data: { attributes: { contact: direct } } }],
    ["in JSON as text", { payload: JSON.stringify(direct) }],
    ["with a list of one", { entries: [direct] }],
    ["with fields by their ids", {
      fields: { 1: { label: "Name", value: "Ann Lee" }, 2: { label: "E-mail", value: ANN.email } },
    }],
    ["with questions and answers", {
      form: {
        answers: [
          { questionId: 1, question_text: "Your name", answer: "Ann Lee" },
          { questionId: 2, question_text: "E-mail", answer: ANN.email },
        ],
      },
    }],
    ["as PHP names fields", {
      "fields[name][value]": "Ann Lee",
      "fields[email][value]": ANN.email,
    }],
    ["in full width", { name: "Ann Lee", email: "ａｎｎ＠ｅｘａｍｐｌｅ．ｃｏｍ" }],
  ])("%s", async (_, event) => {
    expect(await evaluated("$person($answers($))", event)).toMatchObject({
      ...ANN,
      email: expect.stringMatching(/^(?:ann@example\.com|ａｎｎ＠.+)$/),
    });
  });

  test.each([
    ["manager", { manager: { name: "Bo Ray", email: "bo@example.com" }, ...direct }],
    ["owner", { owner: { name: "Bo Ray", email: "bo@example.com" }, lead: direct }],
    ["referred by", { referred_by: { name: "Bo Ray", email: "bo@example.com" }, ...direct }],
  ])("whose %s is somebody else", async (who, event) => {
    expect(await evaluated("$person($answers($))", event)).toEqual({
      ...ANN,
      message: `${who} name: Bo Ray\n${who} email: bo@example.com`,
    });
  });

  test("whose only owner is who wrote", async () => {
    expect(await evaluated("$person($answers($))", { owner: direct, pet: "Rex" }))
      .toEqual({ ...ANN, message: "pet: Rex" });
  });

  test("that is deep and large stays within the bounds", async () => {
    let deep: unknown = direct;
    for (let i = 0; i < 25; i += 1) deep = { data: deep, more: [{ label: "x", value: i }] };
    expect(await evaluated("$person($answers($))", deep)).toBeTypeOf("object");
    const wide = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, i) => [`q${i}`, { a: { b: i } }]),
    );
    await expect(evaluated("$person($answers($))", { ...wide, ...direct })).resolves
      .toMatchObject(ANN);
  });
});

test("$unescaped undoes what was escaped for HTML, once", async () => {
  expect(
    await evaluated("$unescaped($)", { "a&amp;b": "O&#39;Brien &amp;amp; Sons", n: [1, "&lt;"] }),
  )
    .toEqual({ "a&amp;b": "O'Brien &amp; Sons", n: [1, "<"] });
});
