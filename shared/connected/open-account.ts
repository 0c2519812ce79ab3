import { ProviderFailed } from "../providers/outgoing/provider-failed.ts";
import { type Access, bearer } from "../providers/outgoing/service.ts";
import { TOKEN_REJECTED } from "../providers/outgoing/ask-service.ts";
import {
  noteAccountFailure,
  type Opening,
  type StoredAccount,
  storedAccount,
  type Which,
} from "./account.ts";
import { nameOf } from "./providers.ts";
import { renewedAccount } from "./renewal.ts";

// A token is not used in its last minute, in which it may end on its way.
const MARGIN_MS = 60_000;

/** An account that is ready for use: never to be answered or logged. */
export interface OpenAccount extends Omit<StoredAccount, "version"> {
  /** How its service is entered with a token; one that has ended is renewed. */
  access: Access;
  /** Of the secrets that it is entered with by now, as noteAccountFailure takes it. */
  version(): number;
}

/** Opens an account; null when there is none, or it is not active. Throws without an encryption key. */
export async function openAccount(opening: Opening, which: Which): Promise<OpenAccount | null> {
  const stored = await storedAccount(opening, which);
  if (stored === null) return null;
  return { ...stored, ...accessOf(opening, stored) };
}

/** The access by an account's token (RFC 6750), renewed by its refresh token where it has one. */
function accessOf(
  opening: Opening,
  stored: StoredAccount,
): Pick<OpenAccount, "access" | "version"> {
  let account = stored;
  async function renew(): Promise<boolean> {
    const { id, provider, version } = account;
    const renewed = await renewedAccount(opening, account);
    if (renewed === null) {
      const error = `${nameOf(provider)} does not take the access any more.`;
      const used = { id, version: () => version };
      await opening.workspace.write([noteAccountFailure(used, error)]);
      return false;
    }
    account = renewed;
    return true;
  }
  const access: Access = {
    async headers() {
      if (hasEnded(account) && !await renew()) {
        const failing = { status: 401, code: TOKEN_REJECTED, mayHaveHappened: false };
        throw new ProviderFailed(`${nameOf(account.provider)} refused the access.`, failing);
      }
      return await bearer(account.secrets.access_token ?? "").headers();
    },
    renew,
    secrets: () => Object.values(account.secrets),
  };
  return { access, version: () => account.version };
}

function hasEnded({ secrets: { expires_at: at, refresh_token: refresh } }: StoredAccount): boolean {
  return at !== undefined && refresh !== undefined && Date.parse(at) - MARGIN_MS < Date.now();
}
