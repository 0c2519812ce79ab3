import { expect, test } from "vitest";
import { trackLinks, withPixel } from "../../shared/mail/tracked-html.ts";

const tracked = (html: string) => trackLinks(html, (link) => `https://t.example/${link}`);

test.each([
  [
    '<a href="https://a.example/">A</a>',
    '<a href="https://t.example/1">A</a>',
    "https://a.example/",
  ],
  [
    "<A HREF='http://a.example/x?a=1&amp;b=2' class=k>A",
    '<A href="https://t.example/1" class=k>A',
    "http://a.example/x?a=1&b=2",
  ],
  [
    "<a class=k href=https://a.example>A</a>",
    '<a class=k href="https://t.example/1">A</a>',
    "https://a.example",
  ],
  [
    '<a href=" https://A.example/a%2fb/../c?q=%C3%BC&amp;q=a|b#x ">A</a>',
    '<a href="https://t.example/1">A</a>',
    "https://A.example/a%2fb/../c?q=%C3%BC&q=a|b#x",
  ],
  [
    '<area href = "https://ä.example/ü">',
    '<area href="https://t.example/1">',
    "https://xn--4ca.example/%C3%BC",
  ],
])("%s", (html, expected, address) => {
  expect(tracked(html)).toEqual({ html: expected, links: [address] });
});

test.each([
  '<a href="mailto:ada@example.org">A</a>',
  '<a href="tel:+14155551234">A</a>',
  '<a href="#top">A</a> <a href="/path">B</a> <a href>C</a> <a href="">D</a>',
  "<a href=\"javascript:alert('https://a.example')\">A</a>",
  '<a href="https://">A</a>',
  '<img src="https://a.example/x.png"><link href="https://a.example/x.css">',
  '<!-- <a href="https://a.example/">A</a> -->',
  '<style>a[href="https://a.example/"] {}</style>',
  '<title><a href="https://a.example/"></title>',
  "https://a.example/ is no link",
  '<a href="https://a.example/',
  `<a href="https://a.example/${"a".repeat(2_048)}">A</a>`,
])("stays as it is: %s", (html) => {
  expect(tracked(html)).toEqual({ html, links: [] });
});

test("an address that stands there more than once is one", () => {
  const link = (address: string) => `<a href="${address}">x</a>\n`;
  const html = link("https://a.example/") + link("https://b.example/") + link("https://a.example/");
  expect(tracked(html)).toEqual({
    html: link("https://t.example/1") + link("https://t.example/2") + link("https://t.example/1"),
    links: ["https://a.example/", "https://b.example/"],
  });
});

test("there is an end to it: 1,000 links, 500 elements within each other", () => {
  const many = '<a href="https://a.example/"></a>'.repeat(1_002);
  expect(tracked(many).html.split("t.example").length - 1).toBe(1_000);
  const deep = `<a href="https://a.example/">A</a>${"<b>".repeat(130_000)}`;
  const html = deep + "</i>".repeat(130_000) + '<a href="https://b.example/">B</a>';
  expect(tracked(html).links).toEqual(["https://a.example/"]);
});

test.each([
  ["<html><body><p>Hi</p></body></html>", "<html><body><p>Hi</p>", "</body></html>"],
  ["<p>&lt;/body></p></BODY >", "<p>&lt;/body></p>", "</BODY >"],
])("the image is added at the end of the body: %s", (html, before, after) => {
  const image = '<img src="https://t.example/o" width="1" height="1" alt="" border="0">';
  expect(withPixel(html, "https://t.example/o")).toBe(before + image + after);
});

test("without one, it is added at the end", () => {
  expect(withPixel("<p>Hi</p>", "https://t.example/o")).toBe(
    '<p>Hi</p><img src="https://t.example/o" width="1" height="1" alt="" border="0">',
  );
});
