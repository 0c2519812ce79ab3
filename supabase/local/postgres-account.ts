import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { promisify } from "node:util";
import { type Account, outcome, spawnAs } from "./child-process.ts";
import { Failure } from "./failure.ts";

// Without this, access(2), with which PostgreSQL looks at its programs, ignores the right given.
const KEEP_FOR_ACCESS = "--securebits=+no_setuid_fixup";
const execute = promisify(execFile);

/**
 * The account PostgreSQL runs with: this user's, or, because PostgreSQL refuses to run as root, the
 * owner of an existing cluster or the system user "postgres".
 */
export async function postgresAccount(cluster: string, paths: string[]): Promise<Account> {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const owner = await stat(cluster).catch(() => null);
  const ids = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : await postgresUser();
  return await withAccess(ids, paths);
}

async function postgresUser(): Promise<{ uid: number; gid: number }> {
  const found = await userIds();
  if (found) return found;
  const options = ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false"];
  await execute("useradd", [...options, "postgres"]).catch(() => {});
  const created = await userIds();
  if (created) return created;
  throw new Failure(
    "PostgreSQL does not run as root, and a user `postgres` could not be added: add one " +
      "(`useradd --system postgres`), start as another user, or set DATABASE_URL.",
  );
}

async function userIds(): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all(
      ["-u", "-g"].map(async (flag) => Number((await execute("id", [flag, "postgres"])).stdout)),
    );
    return uid && gid ? { uid, gid } : null;
  } catch {
    return null;
  }
}

/**
 * A checkout below a closed folder such as /root cannot be entered by another user. Rather than
 * open that folder, PostgreSQL is given the right to pass through it, when setpriv can do that.
 */
async function withAccess(
  { uid, gid }: { uid: number; gid: number },
  paths: string[],
): Promise<Account> {
  const plain: Account = { uid, gid, prefix: [] };
  if (await canReach(plain, paths)) return plain;
  const user = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", KEEP_FOR_ACCESS];
  for (const right of ["dac_read_search", "dac_override"]) {
    const rights = [`--inh-caps=+${right}`, `--ambient-caps=+${right}`, "--"];
    const account = { uid, gid, prefix: ["setpriv", ...user, ...rights] };
    if (await canReach(account, paths)) return account;
  }
  throw new Failure(
    `PostgreSQL runs as the user with id ${uid} because you are root, and that user cannot reach ` +
      `${paths.join(" or ")}: open the folders above with \`chmod o+x\`, move the checkout ` +
      "(to /srv, for example), start as another user, or set DATABASE_URL.",
  );
}

async function canReach(account: Account, paths: string[]): Promise<boolean> {
  const script = 'for path do [ -r "$path" ] || [ -x "$path" ] || exit 1; done';
  const child = spawnAs(account, "/bin/sh", ["-c", script, "sh", ...paths], {
    cwd: "/",
    stdio: "ignore",
  });
  return (await outcome(child)).code === 0;
}
