import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { messageIds } from "../../shared/providers/mailbox/headers.ts";
import { receivedAt } from "../../shared/providers/mailbox/imap-message.ts";

test("Message-IDs that are too long, or have what cannot be stored, are none", () => {
  const longest = `<${"ü".repeat(498)}>`;
  const tooLong = `<${"ü".repeat(499)}>`;
  expect(messageIds(`<a@b.c> <a\0@b.c> ${tooLong}\r\n ${longest} <a@b.c>`))
    .toEqual(["<a@b.c>", longest]);
  expect(messageIds("<a\ud800@b.c>")).toEqual(["<a\ufffd@b.c>"]);
});

test.each([
  ["01-Jan-1970 00:00:00 +0000", "1970-01-01T00:00:00.000Z"],
  ["31-Dec-9999 23:59:59 +0000", "9999-12-31T23:59:59.000Z"],
  ["31-Dec-9999 23:59:59 -0100", null],
  ["31-Dec-1969 23:59:59 +0000", null],
  ["01-Jan-20000 00:00:00 +0000", null],
  ["yesterday", null],
])("of a message that came at %s that is told which can be stored", (told, expected) => {
  const at = receivedAt(new Map([["INTERNALDATE", Buffer.from(told)]]));
  expect(at?.toISOString() ?? null).toBe(expected);
});
