import { LosslessNumber } from "lossless-json";
import { describe, expect, test } from "vitest";
import { duration, intervalOf } from "../../shared/automations/duration.ts";
import { filled, filledHtml, oneLine } from "../../shared/automations/templates.ts";

describe("a duration", () => {
  test.each([
    "PT1S",
    "PT1.5S",
    "PT1,5S",
    "PT1H30M",
    "P1D",
    "P1DT12H",
    "P2W",
    "P1M",
    "P1Y",
    "P365D",
  ])(
    "%s is one",
    (given) => expect(duration().safeParse(given).success).toBe(true),
  );

  test.each([
    "",
    "P",
    "PT",
    "1h",
    "PT0S",
    "PT0.5S",
    "P366D",
    "P1YT1S",
    "P13M",
    "P53W",
    "-P1D",
    "P1H",
  ])(
    "%s is none, or too short or long",
    (given) => expect(duration().safeParse(given).success).toBe(false),
  );

  test("is given to PostgreSQL with a point", () => {
    expect(intervalOf("PT1,5S")).toBe("PT1.5S");
  });
});

describe("a template", () => {
  const lead = {
    first_name: "<b>Ann & Bob</b>",
    last_name: null,
    tags: ["a", "b"],
    starred: true,
    custom_fields: { budget: new LosslessNumber("12345678901234567890"), "a b": "{{lead.status}}" },
    status: "new",
  };

  test("takes the lead's values, and nothing for what it lacks", () => {
    const template =
      "Hi {{lead.first_name}}{{ lead.last_name }}{{lead.nothing}}{{lead.__proto__}}: " +
      "{{lead.tags}}, {{lead.starred}}, {{lead.custom_fields.budget}}";
    expect(filled(template, lead))
      .toBe("Hi <b>Ann & Bob</b>: a, b, true, 12345678901234567890");
    expect(filled(template, null)).toBe("Hi : , , ");
  });

  test("escapes them in HTML, and nothing else", () => {
    expect(filledHtml("<p>{{lead.first_name}}</p>", lead))
      .toBe("<p>&lt;b&gt;Ann &amp; Bob&lt;/b&gt;</p>");
  });

  test("fills in what it takes only once, and leaves other braces", () => {
    expect(filled("{{lead.custom_fields.a b}} {{x}} {{lead}} {lead.status}", lead))
      .toBe("{{lead.status}} {{x}} {{lead}} {lead.status}");
  });

  test("stays on one line where it has to", () => {
    expect(oneLine(" a\r\nBcc: b\u2028c\td\0 ")).toBe("a Bcc: b c d");
  });
});
