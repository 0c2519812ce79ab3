import type { SenderCase } from "./sender-case.ts";

let entries = 9_000;

/** What WordPress keeps about an entry. */
const OWN = {
  form_id: "1",
  post_id: null,
  date_created: "2026-02-06 13:31:59",
  is_starred: "0",
  ip: "203.0.113.7",
  source_url: "https://shop.example.com/contact/",
  user_agent: "Mozilla/5.0",
  currency: "USD",
  payment_status: null,
  transaction_id: null,
  created_by: "1",
  status: "active",
  submission_speeds: '{"1":[17373]}',
};

const entry = (fields: Record<string, unknown>) => ({
  json: { id: String(entries += 1), ...OWN, ...fields },
});

export const gravityForms: SenderCase[] = [
  {
    name: "numbers in place of titles: a whole name, a phone without its country, dates",
    sends: [entry({
      "1": "Stan Cornel",
      "3": "0610555142",
      "4": "stan@example.com",
      "5": "Standard",
      "6": "2026-02-19",
      "8": "2",
      "10": "",
      "12": "ZA",
    })],
    contacts: [{ email: "stan@example.com", phone: "0610555142", first_name: "Stan Cornel" }],
    notes: ["Field 1: Stan Cornel", "Field 5: Standard", "Field 6: 2026-02-19", "Field 12: ZA"],
  },
  {
    name: "what stands before a last name in the place of a middle name, choices as JSON",
    sends: [entry({
      "1.2": "",
      "1.3": "Jan",
      "1.4": "van den",
      "1.6": "Berg",
      "2": "jan@example.com",
      "5": '["Morning","Evening"]',
    })],
    contacts: [{ email: "jan@example.com", first_name: "Jan", last_name: "van den Berg" }],
    notes: ["Field 5: Morning, Evening"],
  },
  {
    name: "two people, choices that look like names, a list of objects",
    sends: [entry({
      "4": "Yes",
      "18": "7",
      "21": "1985-05-15",
      "28": [{ Child: "Kid", Born: "1999/09/19" }, { Child: "Kid 2", Born: "2001/01/01" }],
      "30": "carl@example.com",
      "3.1": "Cost of Living",
      "3.3": "Head Start",
      "3.6": "Children's Education",
      "20.3": "Carl",
      "20.6": "Johansson",
      "24.3": "Spousa",
      "24.6": "Johansson-Two",
    })],
    contacts: [{ email: "carl@example.com", first_name: "Carl", last_name: "Johansson" }],
    notes: [
      "Head Start",
      "Children's Education",
      "Spousa",
      "Johansson-Two",
      "Child: Kid, Born: 1999/09/19",
    ],
  },
  {
    name: "answers within an object",
    sends: [entry({
      fields: {
        name_first: "Janet",
        name_last: "Doe",
        email: "janet@example.com",
        drink: "Tea",
        food: ["Bagel", "Danish"],
      },
    })],
    contacts: [{ email: "janet@example.com", first_name: "Janet", last_name: "Doe" }],
    notes: ["drink: Tea", "food: Bagel, Danish"],
  },
  {
    name: "texts that were escaped for a page",
    sends: [{
      json: {
        id: "1",
        form_id: "1",
        "First Name": "Siobhán",
        "Last Name": "O&#039;Neill",
        Email: "siobhan@example.com",
        Company: "Tea &amp; Co &lt;Ltd&gt;",
        Note: "AT&T &amp;amp; you",
      },
    }],
    contacts: [{ last_name: "O'Neill" }],
    companies: ["Tea & Co <Ltd>"],
    notes: ["Note: AT&T &amp; you"],
  },
];
