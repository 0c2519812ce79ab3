/** Verbs of TwiML, as XML. */
export type Verb = string & { readonly twiml: unique symbol };

/** How a text is said: in which language (BCP 47), by which of Twilio's voices. */
export interface Voice {
  language: string;
  voice: string | null;
}

/** The most characters that <Say> says. */
const MOST_SAID = 4_096;
// What XML 1.0 has no way to write (section 2.2).
const UNWRITABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** A document of TwiML. */
export function twiml(...verbs: readonly Verb[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs.join("")}</Response>`;
}

/** Says a text, as far as it can be said at once. */
export function say(text: string, { language, voice }: Voice): Verb {
  return element("Say", { language, voice }, escaped([...text].slice(0, MOST_SAID).join("")));
}

/** Listens to what is said, also when that is nothing, and sends it to an address. */
export function gather(action: string, { language }: Voice, ...prompts: readonly Verb[]): Verb {
  const attributes = {
    input: "speech",
    action,
    method: "POST",
    language,
    speechTimeout: "auto",
    actionOnEmptyResult: "true",
  };
  return element("Gather", attributes, prompts.join(""));
}

/** Goes on with what an address answers. */
export function redirect(url: string): Verb {
  return element("Redirect", { method: "POST" }, escaped(url));
}

/** Rings clients, of whom the first who answers is connected, and tells an address how that ended. */
export function dial(clients: readonly string[], action: string): Verb {
  const rung = clients.map((client) => element("Client", {}, escaped(client)));
  return element("Dial", { action, method: "POST" }, rung.join(""));
}

/** Ends the call. */
export function hangup(): Verb {
  return element("Hangup", {}, "");
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | null>>,
  content: string,
): Verb {
  const given = Object.entries(attributes).map(([attribute, value]) =>
    value === null ? "" : ` ${attribute}="${escaped(value)}"`
  );
  return `<${name}${given.join("")}>${content}</${name}>` as Verb;
}

function escaped(text: string): string {
  return text.replace(UNWRITABLE, "").replace(/[&<>"']/g, (one) => ENTITIES[one] ?? "");
}
