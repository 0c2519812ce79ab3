import { type Expiring, type Find, RecentKeys } from "./recent-keys.ts";
import { sameHash, secretTokens, type TokenFingerprint } from "./secret-token.ts";

const formTokens = secretTokens("lhf_");

/**
 * Makes the token of a public form: `lhf_` + public id + `_` + 256 bits of secret + checksum, all base62.
 * It is part of the form's address.
 */
export function generateFormToken(): TokenFingerprint & { token: string } {
  return formTokens.generate();
}

/** A form's token as app.find_form_token answers it. */
export interface StoredFormToken extends Expiring {
  workspace_id: string;
  form_id: string;
  form_number: number;
  token_hash: Uint8Array;
}

/** The form that a token is of. */
export interface TokenForm {
  workspaceId: string;
  formId: string;
  number: number;
}

/** Recognises the tokens of public forms, as TokenAuthenticator does those of connectors. */
export class FormTokenAuthenticator {
  readonly #tokens: RecentKeys<StoredFormToken>;

  constructor(find: Find<StoredFormToken>, now?: () => number) {
    this.#tokens = new RecentKeys(find, now);
  }

  /** The form of a token, or why there is none. */
  async authenticate(text: string): Promise<TokenForm | "malformed" | "unknown"> {
    const presented = formTokens.present(text);
    if (presented === null) return "malformed";
    const token = await this.#tokens.find(presented);
    if (token === null || !sameHash(token.token_hash, presented.hash)) {
      return presented.isIntact() ? "unknown" : "malformed";
    }
    const { workspace_id, form_id, form_number } = token;
    return { workspaceId: workspace_id, formId: form_id, number: Number(form_number) };
  }
}
