// The database's clock tells how long a key is good for: that of this process may be wrong.
const EXPIRES_IN = `extract(epoch from
  least(expires_at, clock_timestamp() + interval '1 hour') - clock_timestamp())::float8 * 1000`;

/** The statement that reads a key or token by its public part, with the hash that was presented. */
export function lookUp(
  by: "app.find_api_key" | "app.find_connector_token" | "app.find_form_token",
  publicId: string,
  presentedHash: Uint8Array,
): { text: string; values: unknown[]; prepared: true } {
  return {
    text: `select *, ${EXPIRES_IN} as expires_in from ${by}($1, $2)`,
    values: [publicId, presentedHash],
    prepared: true,
  };
}
