import { Buffer } from "node:buffer";
import { decoded } from "./multipart.ts";

/**
 * The fields of a urlencoded form, in order, from its bytes as text of one character each. In the
 * charset that it says, else in UTF-8, or as browsers send a page of Windows-1252 when it is not.
 */
export function urlencodedFields(form: string, charset?: string): [string, string][] {
  const text = form.replace(/^ï»¿/, "");
  return text.split("&").filter((pair) => pair !== "").map((pair) => {
    const equals = pair.indexOf("=");
    const [name, value] = equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
    return [percentDecoded(name, charset), percentDecoded(value, charset)];
  });
}

function percentDecoded(text: string, charset: string | undefined): string {
  const bytes = Buffer.from(
    text.replaceAll("+", " ").replace(
      /%([0-9a-f]{2})/gi,
      (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)),
    ),
    "latin1",
  );
  return decoded(bytes, charset ?? (isUtf8(bytes) ? "utf-8" : "windows-1252"));
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
