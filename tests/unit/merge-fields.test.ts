import { expect, test } from "vitest";
import { htmlOf } from "../../shared/drafting/html-of.ts";
import { fieldsIn, mergedHtml, mergedLine } from "../../shared/mail/merge-fields.ts";

const VALUES = {
  first_name: "Jane",
  last_name: "O'Roe",
  name: "Jane O'Roe",
  company: "<b>Ä & Sons</b>",
  title: "{{name}}\r\nCTO",
};

test("fields are filled in once, as text in HTML and on one line in a subject", () => {
  expect(mergedHtml("<p title='{{company}}'>{{ first_name }} {{last_name}}, {{title}}</p>", VALUES))
    .toBe(
      "<p title='&lt;b&gt;Ä &amp; Sons&lt;/b&gt;'>Jane O&apos;Roe, {{name}}\r\nCTO</p>",
    );
  expect(mergedLine("{{title}} at {{company}}", VALUES)).toBe("{{name}} CTO at <b>Ä & Sons</b>");
  for (const text of ["", "{{", "}}{{", "{ {name} }", "{{{", "{name}", "$&{{{name"]) {
    expect(mergedHtml(text, VALUES)).toBe(text);
    expect(fieldsIn(text)).toEqual([]);
  }
});

test("the names of fields are told, known or not", () => {
  expect(fieldsIn("{{name}} {{ Name }} {{name}} {{}} {{a b}} {{__proto__}}"))
    .toEqual(["name", "Name", "", "a b", "__proto__"]);
});

test("a body without tags is sent as its paragraphs", () => {
  expect(htmlOf("Dear Jane,\nif 1 < 2 & 3 > 2:\r\n\r\n \nhello "))
    .toBe("<p>Dear Jane,<br>if 1 &lt; 2 &amp; 3 &gt; 2:</p><p>hello</p>");
  for (const html of ["<p>Hi</p>", "Hi<br/>Jane", "<A href='x'>y</A>\n\nz"]) {
    expect(htmlOf(html)).toBe(html);
  }
});
