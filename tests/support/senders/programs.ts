/** What a program sends; `{0}` in a path is the id that the first answer gave. */
export interface Request {
  method?: "PATCH" | "DELETE";
  path: string;
  body?: object;
  headers?: Record<string, string>;
  status?: number;
  /** What `data` holds. */
  data?: object;
  /** What the error says of its fields. */
  mistakes?: RegExp;
}

const INGEST = "v1-public-contacts";
const CONTACTS = "v1-public-contacts-crud";
const COMPANIES = "v1-public-companies";
const INVOICES = "v1-public-invoices";
const ANN = "ann@example.com";
const BLANK = {
  first_name: "",
  last_name: " ",
  phone: "",
  title: "",
  company_name: "",
  source: "",
};
const known = { email: ANN, first_name: "Ann", phone: "+4930901820", source: "fair" };
const ingest = (body: object, data: object = {}, status = 201): Request => ({
  path: INGEST,
  body,
  status,
  data,
});
const refused = (path: string, body: object, mistakes: RegExp): Request => ({
  path,
  body,
  status: 400,
  mistakes,
});
const listed = (query: string, ...items: object[]): Request => ({
  path: `${CONTACTS}?${query}`,
  data: { items, pagination: { total: items.length } },
});
const invoiced = (lines: object[], totals: object): Request => ({
  path: INVOICES,
  body: { currency: "EUR", line_items: lines },
  status: 201,
  data: totals,
});

/** What programs send to the endpoints themselves, by what is at stake. */
export const programs: Record<string, Request[]> = {
  "blank text neither erases nor sets": [
    ingest(known),
    ingest({ email: ANN, ...BLANK }, known, 200),
    ingest({ email: "new@example.com", ...BLANK }, { first_name: null, phone: null }),
  ],
  "null clears, what is absent stays": [
    ingest(known),
    ingest({ email: ANN, phone: null }, { ...known, phone: null }, 200),
  ],
  "a batch of rows with blank cells": [{
    path: "v1-public-contacts-batch",
    body: {
      contacts: [
        { email: ANN, phone: "", company_name: "" },
        { email: "bo@example.com", phone: " ", company_domain: "", first_name: "Bo" },
      ],
    },
    status: 201,
    data: { results: [{ status: "created" }, { status: "created" }] },
  }],
  "one address in other letters, with what was copied along": [
    ingest({ email: ANN }),
    ingest({ email: " \u200bANN@Example.COM\ufeff" }, { email: ANN }, 200),
    ingest({ email: "mailto:ann@example.com" }, { email: ANN }, 200),
    ingest({ email: "Ann Lee <ann@example.com>" }, { email: ANN }, 200),
    ingest({ email: "ａｎｎ＠example.com" }, { email: ANN }, 200),
    listed("search=example", { email: ANN }),
  ],
  "an address with a tag is somebody else's": [
    ingest({ email: ANN }),
    ingest({ email: "ann+news@example.com" }),
    listed("email=ann%2Bnews%40example.com", { email: "ann+news@example.com" }),
  ],
  "the address of a contact that was deleted goes to another": [
    ingest({ email: ANN }),
    ingest({ email: "other@example.com" }),
    { method: "DELETE", path: `${CONTACTS}?id={0}` },
    { method: "PATCH", path: `${CONTACTS}?id={1}`, body: { email: ANN }, data: { email: ANN } },
  ],
  "numbers as they are written": [
    ingest({ phone: "+49 (0) 30 901820", first_name: "A" }, { phone: "+4930901820" }),
    ingest({ phone: "0049 30 90 18 20", first_name: "B" }, { phone: "+4930901820" }),
    ingest({ phone: "+49–30–901820", first_name: "C" }, { phone: "+4930901820" }),
    ingest({ phone: "\u202a+49 30 901820\u202c", first_name: "D" }, { phone: "+4930901820" }),
    ingest({ phone: "０３－１２３４－５６７８", first_name: "E" }, { phone: "03-1234-5678" }),
    refused(INGEST, { phone: "after six", first_name: "F" }, /^phone: .*country code/),
  ],
  "a domain where anybody has an address is no company": [
    ingest({ email: "ann@gmail.com", company_domain: "gmail.com" }, { company_id: null }),
    ingest({ email: "bo@gmx.de", company_domain: "https://www.GMX.de/" }, { company: null }),
  ],
  "a company is known by its domain and by its name": [
    { path: COMPANIES, body: { name: "Plast", domain: "bücher.example" }, status: 201 },
    ingest(
      { email: ANN, company_name: "Other", company_domain: "https://www.xn--bcher-kva.example/x" },
      { company: { name: "Plast", created: false } },
    ),
    { path: COMPANIES, body: { name: "O’Brien & Sons" }, status: 201 },
    ingest(
      { email: "bo@example.com", company_name: "O'BRIEN  and sons" },
      { company: { name: "O’Brien & Sons", created: false } },
    ),
  ],
  "what is refused is not made, and its key serves the mended request": [
    {
      ...refused(INGEST, { email: ANN, company_domain: "none of" }, /^company_domain: .*acme\.com/),
      headers: { "idempotency-key": "mended" },
    },
    listed("email=ann%40example.com"),
    { ...ingest({ email: ANN }), headers: { "idempotency-key": "mended" } },
  ],
  "dates stay, times of a date are refused": [
    {
      path: "v1-public-deals",
      body: { title: "Licence", expected_close_date: "2026-03-29" },
      status: 201,
      data: { expected_close_date: "2026-03-29" },
    },
    refused(
      "v1-public-tasks",
      { title: "Call", due_date: "2026-03-29T23:30:00-05:00" },
      /^due_date: .*2026-04-15/,
    ),
    refused(
      "v1-public-activities",
      { type: "note", title: "N", timestamp: "2026-06-02 15:02:37" },
      /^timestamp: .*offset/,
    ),
  ],
  "money": [
    invoiced(
      [{ description: "a", quantity: 16, unit_price: 334.416, tax_rate: 22 }],
      { subtotal: 5350.66, tax_amount: 1177.15, total: 6527.81 },
    ),
    invoiced([
      { description: "work", quantity: 1, unit_price: 8500, tax_rate: 19 },
      { description: "discount", quantity: 1, unit_price: -7500, tax_rate: 19 },
    ], { total: 1190 }),
    invoiced(
      [{ description: "a", quantity: 1, unit_price: 41.625, tax_rate: 20 }],
      { subtotal: 41.63 },
    ),
    refused("v1-public-deals", { title: "V", currency: "€" }, /^currency: .*ISO 4217/),
    refused("v1-public-deals", { title: "V", value: "1200.50" }, /^value: .*number/),
  ],
  "a batch with bad items names each and takes the others": [{
    path: "v1-public-contacts-batch",
    body: { contacts: [{ email: ANN }, { email: "bad" }, { email: "ANN@example.com" }, {}] },
    status: 207,
    data: {
      results: [{ status: "created" }, { status: "failed" }, { status: "updated" }, {
        status: "failed",
      }],
    },
  }],
  "names of two characters, and an apostrophe": [
    ingest({ first_name: "王芳", last_name: "O’Neill" }),
    ingest({ first_name: "adam", last_name: "O'Neill" }),
    listed("search=%E7%8E%8B%E8%8A%B3", { first_name: "王芳" }),
    listed("search=o'neill%20adam", { first_name: "adam" }),
    listed("search=%E8%8A%B3", { first_name: "王芳" }),
  ],
};
