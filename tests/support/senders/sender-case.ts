/** Something that a sender was seen to send, and what is right to make of it. */
export interface SenderCase {
  /** What is special about it. */
  name: string;
  /** Contacts that are known before. */
  known?: object[];
  /** What is sent, one after the other: a payload for JSON, or a body of another type. */
  sends: (Payload | Body)[];
  /** What the provider answers when asked for the data that an event only names, by its id. */
  lookups?: Record<string, unknown>;
  /** What each is answered with; all are accepted when absent. */
  status?: ("accepted" | "ignored" | "failed" | "test" | "duplicate")[];
  /** The contacts that there are in the end, by what must be so of each; in no order. */
  contacts?: Record<string, unknown>[];
  /** The names of the companies that there are in the end. */
  companies?: string[];
  /** The titles of the activities that there are in the end. */
  activities?: string[];
  /** Texts that the notes at the contacts have, and that they lack. */
  notes?: string[];
  noNotes?: string[];
  /** How many notes there are. */
  noteCount?: number;
  /** The fields that the answer warns of. */
  warnings?: string[];
}

type Payload = { json: unknown };

/** A body that is not JSON, or is not said to be. */
export interface Body {
  contentType: string | null;
  body: string | Uint8Array<ArrayBuffer>;
}

/** A body of multipart/form-data. */
export function multipart(fields: Record<string, string>, ...files: [string, string][]): Body {
  const boundary = "----sender7MA4YWxk";
  const part = (disposition: string, type: string, content: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${type}\r\n${content}\r\n`;
  const parts = [
    ...Object.entries(fields).map(([name, value]) => part(`name="${name}"`, "", value)),
    ...files.map(([name, content]) =>
      part(`name="${name}"; filename="${name}.bin"`, "Content-Type: image/png\r\n", content)
    ),
  ];
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: new TextEncoder().encode(`${parts.join("")}--${boundary}--\r\n`),
  };
}

/** A urlencoded form. */
export function urlencoded(fields: Record<string, string>): Body {
  return {
    contentType: "application/x-www-form-urlencoded",
    body: new URLSearchParams(fields).toString(),
  };
}
