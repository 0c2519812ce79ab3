import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { hashPassword, isPassword, verifyPassword } from "../../shared/auth/password.ts";
import { projectRoot } from "../../supabase/local/paths.ts";
import { denoBinary } from "../support/deno.ts";

const PASSWORD = "correct horse battery";
const HASH = await hashPassword(PASSWORD);

test("a hash carries its parameters and a salt of its own", async () => {
  const [one, two] = [HASH, await hashPassword(PASSWORD)];
  expect(one).toMatch(/^\$scrypt\$ln=14,r=8,p=5\$[0-9A-Za-z+/]{22}\$[0-9A-Za-z+/]{43}$/);
  expect(one.split("$")[3]).not.toBe(two.split("$")[3]);
  expect(one.split("$")[4]).not.toBe(two.split("$")[4]);
  for (const hash of [one, two]) expect(await verifyPassword(PASSWORD, hash)).toBe(true);
});

test("another password is refused: another case, a blank more, a part, nothing", async () => {
  for (const other of ["Correct horse battery", `${PASSWORD} `, PASSWORD.slice(0, -1), ""]) {
    expect(await verifyPassword(other, HASH), other).toBe(false);
  }
});

test("a password is the same however Unicode spells it", async () => {
  const [composed, decomposed] = ["Zürich-Å-가나다", "Zürich-Å-가나다"].map((text, index) =>
    text.normalize(index === 0 ? "NFC" : "NFD")
  );
  expect(composed).not.toBe(decomposed);
  expect(await verifyPassword(decomposed!, await hashPassword(composed!))).toBe(true);
  expect(await verifyPassword(composed!, await hashPassword(decomposed!))).toBe(true);
});

test("a hash of other parameters is verified with these: RFC 7914's example", async () => {
  const hash =
    "70 23 bd cb 3a fd 73 48 46 1c 06 cd 81 fd 38 eb fd a8 fb ba 90 4f 8e 3e a9 b5 43 f6 " +
    "54 5d a1 f2 d5 43 29 55 61 3f 0f cf 62 d4 97 05 24 2a 9a f9 e6 1e 85 dc 0d 65 1e 40 df cf 01 7b " +
    "45 57 58 87";
  const text = [
    "",
    "scrypt",
    "ln=14,r=8,p=1",
    Buffer.from("SodiumChloride").toString("base64").replace(/=+$/, ""),
    Buffer.from(hash.replaceAll(" ", ""), "hex").toString("base64").replace(/=+$/, ""),
  ].join("$");
  expect(await verifyPassword("pleaseletmein", text)).toBe(true);
  expect(await verifyPassword("pleaseletmeout", text)).toBe(false);
});

test.each(["", "secret", "$2b$10$abcdefghijklmnopqrstuv", "$scrypt$ln=14,r=8$c2FsdA$aGFzaA"])(
  "what is no such hash is a mistake of ours, told without it: %s",
  async (text) => {
    await expect(verifyPassword(PASSWORD, text)).rejects.toThrow(
      /^A stored password hash is not in the PHC format of scrypt\.$/,
    );
  },
);

test("after a hash that cannot be computed, the next ones are", async () => {
  const absurd = HASH.replace("ln=14", "ln=60");
  const [failed, next] = await Promise.allSettled([
    verifyPassword(PASSWORD, absurd),
    verifyPassword(PASSWORD, HASH),
  ]);
  expect(failed.status).toBe("rejected");
  expect(next).toMatchObject({ status: "fulfilled", value: true });
});

test.each([
  ["seven characters", "abcdefg", false],
  ["eight", "abcdefgh", true],
  ["eight that are sixteen in UTF-16", "🌐".repeat(8), true],
  ["seven that are fourteen in UTF-16", "🌐".repeat(7), false],
  ["seven letters with their accents apart", "é".normalize("NFD").repeat(7), false],
  ["128", "x".repeat(128), true],
  ["128 letters with their accents apart", "é".normalize("NFD").repeat(128), true],
  ["129", "x".repeat(129), false],
  ["blanks, which count", "a      b", true],
])("what can be a password: %s", (_, text, expected) => {
  expect(isPassword(text)).toBe(expected);
});

test("Deno, where the functions run, verifies what Node.js has hashed, and the other way round", async () => {
  const code = `
    import { hashPassword, verifyPassword } from "./shared/auth/password.ts";
    const [password, hash] = JSON.parse(${JSON.stringify(JSON.stringify([PASSWORD, HASH]))});
    const verdicts = [await verifyPassword(password, hash), await verifyPassword("another", hash)];
    console.log(JSON.stringify([...verdicts, await hashPassword(password)]));
  `;
  const { stdout } = await promisify(execFile)(denoBinary, ["eval", code], { cwd: projectRoot });
  const [right, wrong, hash] = JSON.parse(stdout);
  expect([right, wrong]).toEqual([true, false]);
  expect(await verifyPassword(PASSWORD, hash)).toBe(true);
});
