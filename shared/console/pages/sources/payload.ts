import type { DetailedDelivery } from "./deliveries.ts";

/** What was received, as people read it: JSON indented, a form as a line for each field, else as it came. */
export function payloadText({ body, body_encoding, content_type }: DetailedDelivery): string {
  if (body_encoding === "base64") return body;
  if (/json/i.test(content_type)) return indented(body);
  if (!/x-www-form-urlencoded/i.test(content_type)) return body;
  return Array.from(new URLSearchParams(body), ([name, value]) => `${name}: ${value}`).join("\n");
}

// A number that a double does not hold would be shown as another one.
function indented(text: string): string {
  if (/\d{16}/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
