import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";

/** The address of a profile or page on LinkedIn. */
export const linkedInUrl = lazy(() =>
  z.string().trim().max(2048, "Must have at most 2048 characters")
    .refine(isOnLinkedIn, "Must be a URL on linkedin.com, such as https://www.linkedin.com/in/jane")
    .meta({
      id: "LinkedInUrl",
      description: "A URL on linkedin.com. Two are the same but for scheme, www., query, a " +
        "trailing slash and case.",
      pattern:
        "^\\s*([Hh][Tt][Tt][Pp][Ss]?://)?([A-Za-z0-9-]+\\.)*[Ll][Ii][Nn][Kk][Ee][Dd][Ii][Nn]\\.[Cc][Oo][Mm](/|\\s*$)",
      examples: ["https://www.linkedin.com/in/jane-roe"],
    })
);

function isOnLinkedIn(given: string): boolean {
  const url = /^https?:\/\//i.test(given) ? given : `https://${given}`;
  if (/\s/.test(given) || !URL.canParse(url)) return false;
  const { hostname, username, port } = new URL(url);
  return /^(.+\.)?linkedin\.com$/i.test(hostname) && username === "" && port === "";
}
