import type { Command, Result } from "./command.ts";
import { shortTime, table } from "./output.ts";
import { createUser, listUsers, removeUser, type User } from "./users.ts";
import { email, name, slug } from "./values.ts";

const WORKSPACE = { placeholder: "SLUG", about: "Their workspace.", required: true } as const;
const EMAIL = { placeholder: "EMAIL", about: "Their email, new in the workspace." };

/** The commands of the group `users`. */
export const USER_COMMANDS: readonly Command[] = [
  {
    group: "users",
    name: "create",
    about: "Add a user, whom deals and tasks can be assigned to.",
    argument: EMAIL,
    options: {
      workspace: WORKSPACE,
      name: { placeholder: "NAME", about: "Their name.", required: true },
    },
    example: 'users create jane@example.com --workspace acme --name "Jane Roe"',
    prepare({ argument, options }) {
      const user = {
        workspace: slug(options.workspace ?? ""),
        name: name(options.name ?? ""),
        email: email(argument),
      };
      return async (database) => one(await createUser(database, user), "Added the user.");
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
    argument: { ...EMAIL, about: "Their email." },
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
    ["EMAIL", "NAME", "SINCE", "ID"],
    ...users.map((user) => [user.email, user.name, shortTime(user.createdAt), user.id]),
  ]);
}
