import { secretTokens } from "./secret-token.ts";

/** Refresh tokens: `lb_refresh_` + public id + `_` + 256 bits of secret + checksum, all base62. */
export const refreshTokens = secretTokens("lb_refresh_");
