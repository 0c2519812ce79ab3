import { describe, expect, test } from "vitest";
import { textOfHtml } from "../../shared/providers/mail/text-of-html.ts";

describe("text of HTML", () => {
  test("keeps what people read", () => {
    const html =
      `<style>p { color: red }</style><!-- no --><p>Dear &lt;Ada&gt; &amp; co,<br>hi&nbsp;there</p>
      <ul><li>one<li>two</ul><table><tr><td>a</td><td>b</td></tr></table>
      <a href="https://x.y">https://x.y</a> <img src="x.png" alt="pic"><script>no()</script>`;
    expect(textOfHtml(html)).toBe(
      "Dear <Ada> & co,\nhi\u00a0there\n\n* one\n* two\n\na\nb\n\nhttps://x.y",
    );
  });

  test("is cut, not crashed, by elements within elements", () => {
    expect(textOfHtml(`<p>Hi</p>${"<div>".repeat(80_000)}deep`)).toBe("Hi");
    expect(textOfHtml(`${"<ul><li>".repeat(40_000)}deep`).length).toBeLessThan(10_000);
  });

  test.each([
    [
      "blanks and line ends between words",
      "<p>\n  one\n two  <b>three</b> four</p>",
      "one two three four",
    ],
    ["paragraphs", "<p>a</p><p>b</p><div>c</div><div>d</div>e", "a\n\nb\n\nc\nd\ne"],
    ["line ends", "a<br>b<br><br>c", "a\nb\n\nc"],
    ["lists in lists", "<ul><li>a<ul><li>b</ul><li>c</ul>", "* a\n  * b\n* c"],
    ["numbers", "<ol start=9><li>a<li>b</ol><ol><li>c</ol>", "9. a\n10. b\n\n1. c"],
    ["text as it stands", "<pre>a\n   b\n\nc</pre>", "a\n   b\n\nc"],
    ["links", '<a href="https://a.b/?x=1&amp;y=2">this</a>.', "this [https://a.b/?x=1&y=2]."],
    [
      "addresses as links",
      '<a href="mailto:a@b.c">a@b.c</a> <a href="tel:+1">call</a>',
      "a@b.c call [tel:+1]",
    ],
    [
      "links that only run or show something",
      '<a href="javascript:x()">a</a> <a href="#">b</a>',
      "a b",
    ],
    ["links around an image", '<a href="https://a.b"><img src="c.png"></a>', "https://a.b"],
    ["what is no HTML", "1 < 2 && 3 > 2 </nothing> &unknown;", "1 < 2 && 3 > 2 &unknown;"],
    ["nothing", "<img src=x>", ""],
  ])("%s", (_, html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });
});
