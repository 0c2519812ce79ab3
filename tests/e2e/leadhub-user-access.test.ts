import { describe, expect, test } from "vitest";
import { verifyPassword } from "../../shared/auth/password.ts";
import type { Json } from "../support/api-client.ts";
import { expectInvalid, leadHub, record } from "../support/leadhub.ts";
import { expectConflict, expectGone, listed, makeUser } from "../support/leadhub-records.ts";
import { asOwner } from "../support/workspace.ts";

const USERS = "users";

/** The hash of the password that an email signs in with. */
async function hashOf(email: string): Promise<string | undefined> {
  const text = "select password_hash from crm.accounts where email = $1";
  const [row] = await asOwner<{ password_hash: string }>(text, [email]);
  return row?.password_hash;
}

describe("a status", () => {
  test("is active for a user made with a password, else invited, whatever is given", async () => {
    const workspace = await leadHub();
    const known = await makeUser(workspace, { password: "12345678", status: "inactive" });
    expect(known.status).toBe("active");
    expect((await makeUser(workspace, { status: "active" })).status).toBe("invited");
    expect((await makeUser(workspace, { password: null, role: null })).status).toBe("invited");
  });

  test("is set by a change, to invited only where it is so already", async () => {
    const workspace = await leadHub();
    const one = `${USERS}/${(await makeUser(workspace)).id}`;
    const set = (status: string) => workspace.api.patch(one, { status });
    for (const status of ["invited", "inactive", "active", "inactive"]) {
      expect(record(await set(status)).status).toBe(status);
      if (status === "invited") continue;
      expectInvalid(await set("invited"), {
        status: ["Must be active or inactive; only who has not joined yet is invited."],
      });
    }
  });
});

describe("a password", () => {
  test("is set and replaced, and never answered", async () => {
    const workspace = await leadHub();
    const { api: leadhub } = workspace;
    const user = await makeUser(workspace, { password: "first password" });
    const one = `${USERS}/${user.id}`;
    expect(Object.keys(user)).not.toContain("password");
    expect(await verifyPassword("first password", (await hashOf(user.email))!)).toBe(true);
    const changed = await leadhub.patch(one, { password: "ö".repeat(128) });
    expect(record(changed)).toEqual(user);
    expect(await verifyPassword("ö".repeat(128), (await hashOf(user.email))!)).toBe(true);
    expectInvalid(await leadhub.patch(one, { password: "x".repeat(129) }), {
      password: ["Must have 8 to 128 characters."],
    });
    const email = `moved-${user.email}`;
    record(await leadhub.patch(one, { email, password: "third password" }));
    expect(await hashOf(user.email)).toBeUndefined();
    expect(await verifyPassword("third password", (await hashOf(email))!)).toBe(true);
  });

  test("is refused to an email that signs in elsewhere, and then nothing is made", async () => {
    const [mine, theirs] = [await leadHub(), await leadHub()];
    const { email } = await makeUser(theirs, { password: "their password" });
    const elsewhere = {
      password: [
        "The email signs in to another workspace already, with the password it has there.",
      ],
    };
    const fields = { name: "Jane", email, password: "my own password" };
    expectInvalid(await mine.api.post(USERS, fields), elsewhere);
    expect(await listed(mine.api, USERS, "email")).toEqual([]);
    const user = await makeUser(mine, { email });
    const { password } = fields;
    expectInvalid(await mine.api.patch(`${USERS}/${user.id}`, { password }), elsewhere);
    expect(await verifyPassword("their password", (await hashOf(email))!)).toBe(true);
  });
});

test("the last admin who is not inactive stays one", async () => {
  const workspace = await leadHub();
  const { api: leadhub } = workspace;
  const [last, inactive] = [
    await makeUser(workspace, { role: "admin" }),
    await makeUser(workspace, { role: "admin" }),
  ];
  const of = ({ id }: Json) => `${USERS}/${id}`;
  record(await leadhub.patch(of(inactive), { status: "inactive" }));
  const refused = () => [
    leadhub.delete(of(last)),
    leadhub.patch(of(last), { status: "inactive" }),
    leadhub.put(of(last), { role: "member", name: "Never" }),
  ];
  for (const response of await Promise.all(refused())) {
    expectConflict(
      response,
      "role",
      "The last admin who is not inactive stays one; make another user an admin first.",
    );
  }
  expect(record(await leadhub.get(of(last)))).toEqual(last);
  record(await leadhub.patch(of(inactive), { status: "active" }));
  expectGone(await leadhub.delete(of(last)));
});
