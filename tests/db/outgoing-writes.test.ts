import { randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { secretBox } from "../../shared/auth/secret-box.ts";
import { sql, statement } from "../../shared/db/sql.ts";
import { Workspace } from "../../shared/db/workspace.ts";
import type { KeyedWrite } from "../../shared/http/idempotency.ts";
import { type OutgoingWrite, writeOnceOutside } from "../../shared/http/outgoing-write.ts";
import { apiDatabase } from "../support/as-role.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { asOwner, eventually, testWorkspace } from "../support/workspace.ts";

const hash = () => new Uint8Array(randomBytes(32));

function keyed(hashed = hash()): KeyedWrite {
  const box = secretBox(FUNCTIONS_ENVIRONMENT.LUMENBASE_ENCRYPTION_KEY);
  return { key: randomUUID(), hashes: [hashed, hashed], secrets: () => box };
}

/** A write that makes a tag of each step, in a workspace of its own. */
async function world() {
  const { id: workspaceId } = await testWorkspace();
  const acting = { workspaceId, scopes: [], requestId: "test" };
  const actor = { kind: "key", id: randomUUID() } as const;
  const workspace = new Workspace(apiDatabase({ size: 12 }), { ...acting, actor });
  const tag = (name: string) => statement(sql`insert into crm.tags (name) values (${name})`);
  const acted: string[] = [];
  let open = () => {};
  const opened = new Promise<void>((resolve) => open = resolve);
  const write: OutgoingWrite<string> = {
    async prepare(transaction) {
      const id = randomUUID();
      await transaction.run([tag(`prepared ${id}`)]);
      return id;
    },
    async act(id) {
      acted.push(id);
      await opened;
      return "done";
    },
    async settle(transaction, id, result) {
      await transaction.run([tag(`settled ${id}`)]);
      return { status: 201, body: JSON.stringify({ id, result }) };
    },
    release: async (transaction) =>
      void await transaction.run([
        statement(sql`delete from crm.tags where name like 'prepared%'`),
      ]),
  };
  const tags = async () => {
    const rows = await asOwner<{ name: string }>(
      "select split_part(name, ' ', 1) as name from crm.tags where workspace_id = $1 order by 1",
      [workspaceId],
    );
    return rows.map(({ name }) => name);
  };
  const expire = () =>
    asOwner("update crm.idempotency_keys set held_until = now() where workspace_id = $1", [
      workspaceId,
    ]);
  return { workspace, write, acted, open: () => open(), tags, expire };
}

test("of ten requests with one key one asks the service, and all get its answer", async () => {
  const { workspace, write, acted, open, tags } = await world();
  const key = keyed();
  const answers = Array.from({ length: 10 }, () => writeOnceOutside(workspace, key, write));
  await eventually(async () => acted.length === 1);
  open();
  const bodies = (await Promise.all(answers)).map(({ body }) => body);
  expect(new Set(bodies).size).toBe(1);
  expect((await Promise.all(answers)).filter(({ replayed }) => replayed)).toHaveLength(9);
  expect(acted).toHaveLength(1);
  expect(await tags()).toEqual(["prepared", "settled"]);
  const other = writeOnceOutside(workspace, { ...key, hashes: [hash(), hash()] }, write);
  await expect(other).rejects.toMatchObject({ kind: "key_reused" });
});

test("a retry after a process that went away goes on with what that had stored", async () => {
  const { workspace, write, acted, open, tags, expire } = await world();
  const key = keyed();
  const lost = writeOnceOutside(workspace, key, { ...write, act: () => new Promise(() => {}) });
  void lost;
  await eventually(async () => (await tags()).length === 1);
  await expire();
  open();
  const answer = await writeOnceOutside(workspace, key, write);
  expect(JSON.parse(String(answer.body))).toEqual({ id: acted[0], result: "done" });
  expect(await tags()).toEqual(["prepared", "settled"]);
});

test("of two that both asked the effects of one alone are written", async () => {
  const { workspace, write, acted, open, tags, expire } = await world();
  const key = keyed();
  const slow = writeOnceOutside(workspace, key, write);
  await eventually(async () => acted.length === 1);
  await expire();
  const quick = await writeOnceOutside(workspace, key, { ...write, act: async () => "done" });
  open();
  expect((await slow).body).toBe(quick.body);
  expect(await tags()).toEqual(["prepared", "settled"]);
});

test("what fails is released, with its key", async () => {
  const { workspace, write, open, tags } = await world();
  const key = keyed();
  const failing = { ...write, act: () => Promise.reject(new Error("away")) };
  await expect(writeOnceOutside(workspace, key, failing)).rejects.toThrow("away");
  await expect(writeOnceOutside(workspace, null, failing)).rejects.toThrow("away");
  expect(await tags()).toEqual([]);
  open();
  expect((await writeOnceOutside(workspace, key, write)).status).toBe(201);
  expect((await writeOnceOutside(workspace, null, write)).status).toBe(201);
  expect(await tags()).toEqual(["prepared", "prepared", "settled", "settled"]);
});
