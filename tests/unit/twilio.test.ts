import { expect, test } from "vitest";
import { twilioSignature } from "../../shared/providers/voice/signature.ts";
import { dial, gather, hangup, redirect, say, twiml } from "../../shared/providers/voice/twiml.ts";
import { verbsOf } from "../support/twiml-verbs.ts";

const ENGLISH = { language: "en-US", voice: null };

// The examples of Twilio's page on requests' security, and of its helper libraries.
test.each([
  ["+12349013030", "0/KCTR6DLpKmkAf8muzZqo1nDgQ="],
  ["+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8="],
])("a request from %s is signed as Twilio signs it", (from, signature) => {
  const form = new URLSearchParams({
    CallSid: "CA1234567890ABCDE",
    To: "+18005551212",
    From: from,
    Digits: "1234",
    Caller: from,
  });
  const url = "https://mycompany.com/myapp.php?foo=1&bar=2";
  expect(twilioSignature("12345", url, form)).toBe(signature);
  form.set("Digits", "1235");
  expect(twilioSignature("12345", url, form)).not.toBe(signature);
});

test("what is said is a text of the document, whatever it has in it", () => {
  const text = `</Say><Hangup/> & "quotes" 'too' ]]> 日本 👩‍👩‍👧 \u0000\u0008\ud800 <![CDATA[x]]>`;
  const verbs = verbsOf(twiml(say(text, { language: 'de"', voice: "a&b" }), hangup()));
  expect(verbs).toEqual([
    {
      name: "Say",
      attributes: { language: 'de"', voice: "a&b" },
      text: `</Say><Hangup/> & "quotes" 'too' ]]> 日本 👩‍👩‍👧  <![CDATA[x]]>`,
    },
    { name: "Hangup", attributes: {}, text: "" },
  ]);
});

test("no more is said than can be said at once", () => {
  const [verb] = verbsOf(twiml(say("🙂".repeat(5_000), ENGLISH)));
  expect([...verb?.text ?? ""]).toHaveLength(4_096);
});

test("addresses stand in documents as they are", () => {
  const url = "https://api.example.com/turns/2?tries=1&quiet=2";
  const document = twiml(gather(url, ENGLISH), redirect(url), dial(["user_1", "user_2"], url));
  expect(verbsOf(document).map(({ name, attributes: { action }, text }) => [name, action, text]))
    .toEqual([
      ["Gather", url, ""],
      ["Redirect", undefined, url],
      ["Dial", url, ""],
      ["Client", undefined, "user_1"],
      ["Client", undefined, "user_2"],
    ]);
});
