import { registries } from "./registries.ts";

/** Whether a host is a domain that somebody can have registered. */
export function isDomain(host: string | undefined): host is string {
  return host !== undefined && registries().getDomain(host) !== null;
}

/**
 * The host of a web address, or of a host alone, in lower case and ASCII, which the URL parser makes of
 * other scripts; undefined when it is neither.
 */
export function hostOf(given: string): string | undefined {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`;
  if (!URL.canParse(address)) return undefined;
  return new URL(address).hostname.replace(/\.$/, "");
}
