import { hashPassword } from "../../../shared/auth/password.ts";
import { apiAddress } from "./api-address.ts";
import type { Command, Result } from "./command.ts";
import { password } from "./files.ts";
import { shortTime, table } from "./output.ts";
import { printable } from "./refusal.ts";
import { consoleLink, createSignInLink } from "./sign-in-links.ts";
import { createUser, listUsers, removeUser, ROLES, setPassword, type User } from "./users.ts";
import { choice, email, name, slug } from "./values.ts";

const WORKSPACE = { placeholder: "SLUG", about: "Their workspace.", required: true } as const;
const EMAIL = { placeholder: "EMAIL", about: "Their email." };
const PASSWORD = { placeholder: "TEXT", about: "8 to 128 characters, or @ and a file with them." };
const HISTORY =
  "A password given otherwise than as @FILE stays behind in the shell's history. Only its hash is " +
  "stored.";

/** The commands of the group `users`. */
export const USER_COMMANDS: readonly Command[] = [
  {
    group: "users",
    name: "create",
    about: "Add a user, whom leads, deals and tasks can be assigned to.",
    argument: { ...EMAIL, about: "Their email, new in the workspace." },
    options: {
      workspace: WORKSPACE,
      name: { placeholder: "NAME", about: "Their name.", required: true },
      role: { placeholder: "ROLE", about: `${ROLES.join(", ")}: member when left out.` },
      password: PASSWORD,
    },
    example: 'users create jane@example.com --workspace acme --name "Jane Roe" --role admin',
    notes: `Without a password they are invited, with one active. ${HISTORY}`,
    prepare({ argument, options }) {
      const user = {
        workspace: slug(options.workspace ?? ""),
        name: name(options.name ?? ""),
        email: email(argument),
        role: choice("role", options.role ?? "member", ROLES),
      };
      const secret = options.password === undefined ? undefined : password(options.password);
      return async (database) => {
        const passwordHash = secret === undefined ? undefined : await hashPassword(secret);
        return one(await createUser(database, { ...user, passwordHash }), "Added the user.");
      };
    },
  },
  {
    group: "users",
    name: "set-password",
    about: "Set the password that an email signs in with, in all its workspaces.",
    argument: EMAIL,
    options: { password: { ...PASSWORD, required: true } },
    example: "users set-password jane@example.com --password 'correct horse battery'",
    notes: HISTORY,
    prepare({ argument, options }) {
      const of = email(argument);
      const secret = password(options.password ?? "");
      return async (database) => {
        const passwordHash = await hashPassword(secret);
        const { user, workspaces } = await setPassword(database, { email: of, passwordHash });
        const text = `Set the password of ${printable(of)} in ${workspaces.join(", ")}.`;
        return { data: { user, workspaces }, text: `${text}\n\n${rows([user])}` };
      };
    },
  },
  {
    group: "users",
    name: "link",
    about: "Make a link that signs a user in to the console, once and within 15 minutes.",
    argument: EMAIL,
    options: { workspace: WORKSPACE },
    example: "users link jane@example.com --workspace acme",
    notes: "Whoever has the link is that user: give it to nobody else. It needs no password.",
    prepare({ argument, options }) {
      const of = { workspace: slug(options.workspace ?? ""), email: email(argument) };
      return async (database, ownerUrl) => {
        const address = await apiAddress(process.env, ownerUrl);
        const { token, ...made } = await createSignInLink(database, of);
        const link = consoleLink(address, token);
        const until = `Good once, until ${shortTime(made.expiresAt)}.`;
        return { data: { ...made, link }, text: `${link}\n\n${until}` };
      };
    },
  },
  {
    group: "users",
    name: "list",
    about: "Show the users of a workspace.",
    options: { workspace: WORKSPACE },
    example: "users list --workspace acme",
    prepare({ options }) {
      const workspace = slug(options.workspace ?? "");
      return async (database) => {
        const users = await listUsers(database, workspace);
        return {
          data: { users },
          text: users.length > 0 ? rows(users) : "There are no users yet.",
        };
      };
    },
  },
  {
    group: "users",
    name: "remove",
    about: "Remove a user; what was assigned to them stays, unassigned.",
    argument: EMAIL,
    options: { workspace: WORKSPACE },
    example: "users remove jane@example.com --workspace acme",
    prepare({ argument, options }) {
      const user = { workspace: slug(options.workspace ?? ""), email: email(argument) };
      return async (database) => one(await removeUser(database, user), "Removed the user.");
    },
  },
];

function one(user: User, done: string): Result {
  return { data: { user }, text: `${done}\n\n${rows([user])}` };
}

function rows(users: readonly User[]): string {
  return table([
    ["EMAIL", "NAME", "ROLE", "STATUS", "SINCE", "ID"],
    ...users.map((user) => [
      user.email,
      user.name,
      user.roleName,
      user.status,
      shortTime(user.createdAt),
      user.id,
    ]),
  ]);
}
