import { bare, checkedAddresses, HostRefused, type HostRules, HostUnknown } from "./host.ts";

const SCHEMES = new Set(["http:", "https:"]);
const LOOK_UP_MS = 3_000;

/** What is wrong with the text of an address that requests are to be sent to; null: nothing. */
export function urlMistake(text: string): string | null {
  if (!URL.canParse(text)) return "Must be a whole address, such as https://shop.example.com/hook.";
  const { protocol, username, password, port } = new URL(text);
  if (!SCHEMES.has(protocol)) return "Must begin with https:// or http://.";
  if (username !== "" || password !== "") return "Must not have a user or a password in it.";
  return port === "0" ? "Must have a port from 1 to 65535." : null;
}

/**
 * Why requests may not be sent to an address, with its host looked up; null when they may. A host that
 * has no address now, or whose look-up takes longer than 3 s, is checked again at each attempt anyway.
 */
export async function urlRefusal(text: string, rules: HostRules): Promise<string | null> {
  const mistake = urlMistake(text);
  if (mistake !== null) return mistake;
  try {
    await Promise.race([checkedAddresses(bare(new URL(text).hostname), rules), patience()]);
    return null;
  } catch (error) {
    if (error instanceof HostUnknown) return null;
    if (!(error instanceof HostRefused)) throw error;
    return `${error.message} Give one on the public internet.`;
  }
}

function patience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LOOK_UP_MS);
  });
}
