/** What the functions of the tests' gateways are told, unless a test tells them otherwise. */
export const FUNCTIONS_ENVIRONMENT = {
  LUMENBASE_ENCRYPTION_KEY: Buffer.alloc(32, "a key for tests").toString("base64"),
  LUMENBASE_PUBLIC_URL: "https://api.lumenbase.test/functions/v1",
  // Suites send as fast as they can.
  LUMENBASE_USER_REQUESTS_PER_MINUTE: "100000",
  LUMENBASE_PUBLIC_REQUESTS_PER_MINUTE: "100000",
  // What stands in for the receivers of webhooks and for servers of mail.
  OUTBOUND_PRIVATE_NETWORKS: "127.0.0.1/32",
} as const;
