import { describe, expect, test } from "vitest";
import { expectMistakes } from "../support/records.ts";
import { testWorkspace } from "../support/workspace.ts";

const PATH = "v1-public-invoices";

const line = (quantity: number, unit_price: number, rest: object = {}) => ({
  description: "Work",
  quantity,
  unit_price,
  ...rest,
});
const TWO = [line(2, 10), line(1, 5.5)];

/** `subtotal + tax = total`, as the answer has them. */
const sumOf = (text: string) => {
  const [, subtotal, tax, total] =
    /"subtotal":(-?[\d.]+),"tax_amount":(-?[\d.]+),"total":(-?[\d.]+)/.exec(text) ?? [];
  return `${subtotal} + ${tax} = ${total}`;
};

describe("totals of a create", () => {
  test.each<[string, object, string]>([
    ["nothing given", {}, "0 + 0 = 0"],
    ["a subtotal", { subtotal: 100 }, "100 + 0 = 100"],
    ["a tax", { tax_amount: 7 }, "0 + 7 = 7"],
    ["a total", { total: 107 }, "107 + 0 = 107"],
    ["subtotal and tax", { subtotal: 100, tax_amount: 7 }, "100 + 7 = 107"],
    ["subtotal and total", { subtotal: 100, total: 107 }, "100 + 7 = 107"],
    ["tax and total", { tax_amount: 7, total: 107 }, "100 + 7 = 107"],
    ["all three", { subtotal: 5000, tax_amount: 500, total: 5500 }, "5000 + 500 = 5500"],
    ["tenths that doubles add wrongly", { subtotal: 0.1, tax_amount: 0.2 }, "0.1 + 0.2 = 0.3"],
    ["fractions of a cent", { subtotal: 10.005, tax_amount: 0 }, "10.005 + 0 = 10.005"],
    [
      "a total rounded to cents",
      { subtotal: 10.005, tax_amount: 0, total: 10.01 },
      "10.005 + 0 = 10.01",
    ],
    ["a credit", { subtotal: -100, tax_amount: -7 }, "-100 + -7 = -107"],
    ["lines", { line_items: TWO }, "25.5 + 0 = 25.5"],
    ["no lines", { line_items: [] }, "0 + 0 = 0"],
    ["no lines and totals", { line_items: [], subtotal: 50, total: 55 }, "50 + 5 = 55"],
    ["no lines and a total", { line_items: [], total: 55 }, "55 + 0 = 55"],
    ["lines and their sum", { line_items: TWO, subtotal: 25.5 }, "25.5 + 0 = 25.5"],
    ["lines and a tax", { line_items: TWO, tax_amount: 4.5 }, "25.5 + 4.5 = 30"],
    ["lines and a total", { line_items: TWO, total: 30 }, "25.5 + 4.5 = 30"],
    ["taxed lines", { line_items: [line(2, 10, { tax_rate: 19 })] }, "20 + 3.8 = 23.8"],
    [
      "lines of several rates",
      { line_items: [line(1, 100, { tax_rate: 19 }), line(1, 50, { tax_rate: 7 }), line(1, 10)] },
      "160 + 22.5 = 182.5",
    ],
    ["a rate of zero", { line_items: [line(1, 100, { tax_rate: 0 })] }, "100 + 0 = 100"],
    ["a refund line", { line_items: [line(1, 100), line(-1, 30)] }, "70 + 0 = 70"],
    ["half a cent, up", { line_items: [line(3, 0.335)] }, "1.01 + 0 = 1.01"],
    ["half a cent, down", { line_items: [line(-3, 0.335)] }, "-1.01 + 0 = -1.01"],
    [
      "tax rounded once, over all lines",
      { line_items: [line(1, 0.1, { tax_rate: 5 }), line(1, 0.1, { tax_rate: 5 })] },
      "0.2 + 0.01 = 0.21",
    ],
    ["amounts given", { line_items: [line(3, 0.333, { amount: 0.999 })] }, "1 + 0 = 1"],
    [
      "a large amount",
      { line_items: [line(1, 9007199254740991), line(1, 0.01)] },
      "9007199254740991.01 + 0 = 9007199254740991.01",
    ],
  ])("from %s", async (_name, given, expected) => {
    const { api } = await testWorkspace();
    const response = await api.post(PATH, given);
    expect(response.status, response.text).toBe(201);
    expect(sumOf(response.text)).toBe(expected);
    expect(sumOf((await api.get(`${PATH}?id=${response.body.data.id}`)).text)).toBe(expected);
  });

  test.each<[string, object, string[]]>([
    ["the total", { subtotal: 100, tax_amount: 7, total: 108 }, ["total"]],
    ["the total by a cent", { subtotal: 100, tax_amount: 7, total: 107.01 }, ["total"]],
    ["the subtotal", { line_items: TWO, subtotal: 26 }, ["subtotal"]],
    ["the tax", { line_items: [line(1, 100, { tax_rate: 19 })], tax_amount: 7 }, ["tax_amount"]],
    ["the total of taxed lines", {
      line_items: [line(1, 100, { tax_rate: 19 })],
      total: 100,
    }, ["total"]],
    ["an amount", { line_items: [line(2, 10), line(2, 10, { amount: 21 })] }, [
      "line_items[1].amount",
    ]],
    ["everything", {
      line_items: [line(2, 10, { amount: 21, tax_rate: 10 })],
      subtotal: 1,
      tax_amount: 5,
      total: 100,
    }, ["line_items[0].amount", "subtotal", "tax_amount", "total"]],
  ])("that contradict each other in %s are named", async (_name, given, fields) => {
    const { api } = await testWorkspace();
    for (const message of expectMistakes(await api.post(PATH, given), fields)) {
      expect(message).toMatch(/^Is -?[\d.]+, but the other numbers give -?[\d.]+\.$/);
    }
    expect((await api.get(PATH)).body.data.items).toEqual([]);
  });

  test.each<[string, object, string[]]>([
    ["an unknown field", line(1, 1, { price: 2 }), ["line_items[0].price"]],
    ["nothing", {}, ["description", "quantity", "unit_price"].map((f) => `line_items[0].${f}`)],
    ["texts", line("1" as never, "2" as never), [
      "line_items[0].quantity",
      "line_items[0].unit_price",
    ]],
    ["too many digits", line(1e20, 1), ["line_items[0].quantity"]],
    ["a list", [1] as object, ["line_items[0]"]],
  ])("a line with %s is refused by its place", async (_name, item, fields) => {
    const { api } = await testWorkspace();
    expectMistakes(await api.post(PATH, { line_items: [item] }), fields);
  });
});

test("a line keeps its digits and its text, and has its amount filled in", async () => {
  const { api } = await testWorkspace();
  const raw = `{"line_items":[{"description":"Zoë 👩‍💻\\n","quantity":12345678901234567890.5,
    "unit_price":0.0000000001,"tax_rate":null}]}`;
  const { status, text, body } = await api.send("POST", PATH, { raw });
  expect([status, body.data.line_items[0].description]).toEqual([201, "Zoë 👩‍💻\n"]);
  expect(text).toContain('"quantity":12345678901234567890.5');
  expect(body.data.line_items[0])
    .toMatchObject({ unit_price: 1e-10, amount: 1234567890.12, tax_rate: null });
  expect(sumOf(text)).toBe("1234567890.12 + 0 = 1234567890.12");
});

test("500 lines are taken, 501 are not", async () => {
  const { api } = await testWorkspace();
  const lines = (many: number) => Array(many).fill(line(1, 0.01));
  const { status, text } = await api.post(PATH, { line_items: lines(500) });
  expect([status, sumOf(text)]).toEqual([201, "5 + 0 = 5"]);
  expectMistakes(await api.post(PATH, { line_items: lines(501) }), ["line_items"]);
});

test("PATCH of totals must agree with the lines that are stored", async () => {
  const { api } = await testWorkspace();
  const taxed = [line(2, 10, { tax_rate: 19 }), line(1, 0.333)];
  const { body } = await api.post(PATH, { line_items: taxed });
  const url = `${PATH}?id=${body.data.id}`;
  expectMistakes(await api.patch(url, { subtotal: 100 }), ["subtotal"]);
  expectMistakes(await api.patch(url, { tax_amount: 0 }), ["tax_amount"]);
  expect((await api.get(url)).body.data).toEqual(body.data);
  expect((await api.patch(url, { subtotal: 20.33, tax_amount: 3.8 })).status).toBe(200);
  const untaxed = await api.patch(url, { line_items: TWO, tax_amount: 1 });
  expect(sumOf(untaxed.text)).toBe("25.5 + 1 = 26.5");
  expect(sumOf((await api.patch(url, { tax_amount: 2 })).text)).toBe("25.5 + 2 = 27.5");
  const manual = await api.patch(url, { line_items: [], subtotal: 100 });
  expect(sumOf(manual.text)).toBe("100 + 2 = 102");
});

describe("PATCH of an invoice of 100 + 7 = 107", () => {
  test.each<[string, object, string]>([
    ["the subtotal", { subtotal: 200 }, "200 + 7 = 207"],
    ["the tax", { tax_amount: 14 }, "100 + 14 = 114"],
    ["the total as it is", { total: 107 }, "100 + 7 = 107"],
    ["subtotal and total", { subtotal: 200, total: 238 }, "200 + 38 = 238"],
    ["tax and total", { tax_amount: 19, total: 119 }, "100 + 19 = 119"],
    ["lines", { line_items: TWO }, "25.5 + 7 = 32.5"],
    ["lines and a total", { line_items: TWO, total: 30 }, "25.5 + 4.5 = 30"],
    ["taxed lines", { line_items: [line(2, 10, { tax_rate: 19 })] }, "20 + 3.8 = 23.8"],
    ["nothing of it", { notes: "N" }, "100 + 7 = 107"],
  ])("with %s", async (_name, change, expected) => {
    const { api } = await testWorkspace();
    const { body } = await api.post(PATH, { subtotal: 100, tax_amount: 7 });
    const response = await api.patch(`${PATH}?id=${body.data.id}`, change);
    expect(response.status, response.text).toBe(200);
    expect(sumOf(response.text)).toBe(expected);
  });

  test.each<[string, object, string]>([
    ["another total alone", { total: 200 }, "total"],
    ["a total that contradicts", { subtotal: 1, tax_amount: 1, total: 3 }, "total"],
    ["a subtotal that its lines contradict", { line_items: TWO, subtotal: 1 }, "subtotal"],
  ])("with %s is refused", async (_name, change, field) => {
    const { api } = await testWorkspace();
    const { body } = await api.post(PATH, { subtotal: 100, tax_amount: 7 });
    const url = `${PATH}?id=${body.data.id}`;
    expectMistakes(await api.patch(url, change), [field]);
    expect((await api.get(url)).body.data).toEqual(body.data);
  });
});
