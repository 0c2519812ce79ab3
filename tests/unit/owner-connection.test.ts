import { expect, test } from "vitest";
import { withLocalTls } from "../../supabase/local/owner-connection.ts";

test.each(["localhost", "127.0.0.1:5433", "[::1]"])("%s is reached without TLS", (host) => {
  const url = `postgresql://me:secret@${host}/mine`;
  expect(withLocalTls(url)).toBe(`${url}?sslmode=disable`);
});

test.each([
  "postgresql://me:secret@db.example.com/mine",
  "postgresql://me:secret@localhost.example.com/mine",
  "postgresql://me:secret@localhost/mine?sslmode=verify-full",
])("%s stays as it is", (url) => {
  expect(withLocalTls(url)).toBe(url);
});
