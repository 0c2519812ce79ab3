import { describe, expect, test } from "vitest";
import { verify } from "../../shared/connectors/verification.ts";
import {
  BODY,
  hubspot,
  NOW,
  PROVIDERS,
  received,
  SECRET,
  signedHeaders,
  URL_SENT,
} from "../support/signatures.ts";

const TIMED = PROVIDERS.filter(([, { timestamp }]) => timestamp !== null);

describe.each(TIMED)("a request of %s", (_, verification, signed) => {
  const check = (headers: Record<string, string>) =>
    verify(verification, SECRET, received(headers));
  const { timestamp } = verification;

  test("is refused when it is too old or from the future", async () => {
    const tolerance = (timestamp?.tolerance_seconds ?? 0) * 1000;
    const at = async (time: number) => check(await signedHeaders(verification, signed, time));
    expect(await at(NOW - tolerance)).toBeNull();
    expect(await at(NOW + tolerance)).toBeNull();
    expect(await at(NOW - tolerance - 1000)).toBe("expired");
    expect(await at(NOW + tolerance + 1000)).toBe("expired");
    expect(await at(0)).toBe("expired");
  });

  test("is refused when its time was changed, or is none", async () => {
    const headers = await signedHeaders(verification, signed);
    const name = timestamp?.header ?? "";
    const withTime = (time: string) => check({ ...headers, [name]: time });
    expect(withTime(String(Number(headers[name]) + 1))).toBe("mismatch");
    for (const time of ["", "-1", "1.5", "1e3", "0x1", "now", `${NOW}, ${NOW}`, "9".repeat(17)]) {
      expect(withTime(time)).toBe("malformed");
    }
    expect(withTime("9".repeat(16))).toBe("mismatch");
  });
});

describe("HubSpot signs the URL partly decoded", () => {
  const query = "?q=%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B&r=%26%3D%23%25%2B%20%C3%BC";

  test("these characters and no others", async () => {
    const url = `https://example.com/a%2fb${query}`;
    const decoded = "https://example.com/a/b?q=:/?@!$'()*,;&r=%26%3D%23%25%2B%20%C3%BC";
    const headers = await signedHeaders(hubspot, (time) => `POST${decoded}${BODY}${time}`);
    expect(verify(hubspot, SECRET, received(headers, { url }))).toBeNull();
  });

  test("once", async () => {
    const url = "https://example.com/?q=%253A";
    const headers = await signedHeaders(hubspot, (time) => `POST${url}${BODY}${time}`);
    expect(verify(hubspot, SECRET, received(headers, { url }))).toBeNull();
  });

  test("and the method", async () => {
    const headers = await signedHeaders(hubspot, (time) => `POST${URL_SENT}${BODY}${time}`);
    expect(verify(hubspot, SECRET, received(headers, { method: "PUT" }))).toBe("mismatch");
    expect(verify(hubspot, SECRET, received(headers, { url: `${URL_SENT}y` }))).toBe("mismatch");
  });
});
