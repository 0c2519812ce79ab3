import { secretTokens } from "./secret-token.ts";

/**
 * Makes and reads the tokens of links that sign in once: `lb_link_` + public id + `_` + 256 bits of secret +
 * checksum, all base62.
 */
export const signInTokens = secretTokens("lb_link_");
