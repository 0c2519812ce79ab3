import { chmod, rm, writeFile } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { type AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkDatabase } from "../../supabase/local/owner-connection.ts";
import { copyProject, processesOf, runScript, temporaryFolder } from "../support/stack.ts";

/** Starts what must not start, and returns what it printed; nothing of it may be left. */
async function failedStart(env: NodeJS.ProcessEnv, cwd?: string): Promise<string> {
  const folder = await temporaryFolder();
  const dataDir = env.LUMENBASE_DATA_DIR ?? join(folder, "data");
  const script = runScript("start", {
    env: { PORT: "0", LUMENBASE_DATA_DIR: dataDir, ...env },
    cwd,
  });
  expect(await script.exited).toBe(1);
  await expect.poll(() => processesOf(dataDir)).toEqual([]);
  expect(script.output()).not.toMatch(/^ +at /m);
  await rm(folder, { recursive: true });
  return script.output();
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

test("a port that is taken is named, with what to do", async () => {
  const other = createServer();
  const port = await listen(other);
  const output = await failedStart({ PORT: String(port) });
  expect(output).toContain(`Port ${port} is taken by another program`);
  expect(output).toMatch(/`PORT=\d+ npm start`/);
  other.close();
});

test("a worker's secret that could be guessed is refused", async () => {
  expect(await failedStart({ LUMENBASE_WORKER_SECRET: "a short one" }))
    .toContain("LUMENBASE_WORKER_SECRET is not 32 or more characters without blanks");
});

test.each(["abc", "70000", "-1", "1.5"])("PORT=%s is refused", async (port) => {
  expect(await failedStart({ PORT: port })).toContain(`PORT=${port} is not a port`);
});

test("a broken migration is named, with the database's own message", async () => {
  const project = await copyProject();
  const name = "29990101000000_broken.sql";
  await writeFile(join(project, "supabase/migrations", name), "create tabel x (a int);\n");
  const output = await failedStart({}, project);
  expect(output).toContain(`The migration supabase/migrations/${name} failed`);
  expect(output).toContain('syntax error at or near "tabel"');
  await rm(project, { recursive: true });
});

test("a data folder that cannot be written is named, with the variable that moves it", async () => {
  const folder = await temporaryFolder();
  await chmod(folder, 0o555);
  // Root may write anywhere but in the kernel's own folders.
  const dataDir = process.getuid?.() === 0 ? "/sys/lumenbase" : folder;
  const output = await failedStart({ LUMENBASE_DATA_DIR: dataDir });
  expect(output).toContain(`The data folder ${dataDir} cannot be used`);
  expect(output).toContain("LUMENBASE_DATA_DIR=");
  await rm(folder, { recursive: true });
});

test("a data folder below a file is refused", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "file"), "");
  const dataDir = join(folder, "file", "data");
  const output = await failedStart({ LUMENBASE_DATA_DIR: dataDir });
  expect(output).toContain(`The data folder ${dataDir} cannot be used`);
  await rm(folder, { recursive: true });
});

test.each([
  ["postgresql://nobody@127.0.0.1:1/none", "(127.0.0.1:1) cannot be used"],
  ["mysql://localhost/x", "DATABASE_URL is not a connection URL"],
])("DATABASE_URL=%s is refused", async (url, sentence) => {
  expect(await failedStart({ DATABASE_URL: url })).toContain(sentence);
});

test("a server older than PostgreSQL 15 is refused", async () => {
  const server = createServer((socket) => answerAsPostgres14(socket));
  const port = await listen(server);
  const check = checkDatabase(`postgresql://someone@127.0.0.1:${port}/db`);
  await expect(check).rejects.toThrow("is PostgreSQL 14, and Lumenbase needs 15 or later");
  server.close();
});

/** Speaks just enough of PostgreSQL's protocol to state a version. */
function answerAsPostgres14(socket: Socket): void {
  const message = (type: string, ...parts: Buffer[]) => {
    const body = Buffer.concat(parts);
    const head = Buffer.alloc(5);
    head.write(type);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const int = (value: number, size: 2 | 4) => {
    const bytes = Buffer.alloc(size);
    bytes.writeIntBE(value, 0, size);
    return bytes;
  };
  const text = (value: string) => Buffer.from(`${value}\0`);
  const column = [
    text("number"),
    int(0, 4),
    int(0, 2),
    int(23, 4),
    int(4, 2),
    int(-1, 4),
    int(0, 2),
  ];
  const ready = message("Z", Buffer.from("I"));
  socket.on("error", () => {});
  socket.on("data", (data) => {
    if (data[0] === 0) socket.write(Buffer.concat([message("R", int(0, 4)), ready]));
    if (data[0] !== "Q".charCodeAt(0)) return;
    const row = message("D", int(1, 2), int(6, 4), Buffer.from("140011"));
    const description = message("T", int(1, 2), ...column);
    socket.write(Buffer.concat([description, row, message("C", text("SELECT 1")), ready]));
  });
}
