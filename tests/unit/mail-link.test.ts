import { expect, test } from "vitest";
import { type MailLink, mailLinks } from "../../shared/auth/mail-link.ts";

const KEYS = ["one", "two"].map((text) => Buffer.alloc(32, text).toString("base64"));
const LINK: MailLink = {
  use: "click",
  workspaceId: "01890a5d-ac96-774b-bcce-b302099a8057",
  messageId: "01890a5d-ac96-774b-bcce-b302099a8058",
  link: 1_000,
};

test("a token tells what it is of, to who has its key, for its use alone", () => {
  const [old, both, other] = [KEYS[0]!, `${KEYS[1]},${KEYS[0]}`, KEYS[1]!].map(mailLinks);
  const token = old!.issue(LINK);
  expect(token).toMatch(/^[\w-]{68}$/);
  expect(old!.read(token, "click")).toEqual(LINK);
  expect(both!.read(token, "click")).toEqual(LINK);
  expect(other!.read(token, "click")).toBeNull();
  expect(old!.read(both!.issue(LINK), "click")).toBeNull();
  expect(old!.read(token, "open")).toBeNull();
  expect(old!.read(token, "unsubscribe")).toBeNull();
});

test("whatever is changed of a token, it is none", () => {
  const links = mailLinks(KEYS[0]!);
  const token = links.issue(LINK);
  const changed = [...token].map((character, i) =>
    token.slice(0, i) + (character === "A" ? "B" : "A") + token.slice(i + 1)
  );
  for (const text of [...changed, "", token.slice(1), `${token}A`, `${token.slice(0, -1)}=`]) {
    expect(links.read(text, "click"), text).toBeNull();
  }
});
