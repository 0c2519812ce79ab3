import type { Command } from "./command.ts";
import { createMarketingList, listMarketingLists, type MarketingList } from "./marketing-lists.ts";
import { shortTime, table } from "./output.ts";
import { printable } from "./refusal.ts";
import { name, slug } from "./values.ts";

const WORKSPACE = { placeholder: "SLUG", about: "Its workspace.", required: true } as const;

/** The commands of the group `marketing-lists`. */
export const MARKETING_LIST_COMMANDS: readonly Command[] = [
  {
    group: "marketing-lists",
    name: "create",
    about: "Make a list that contacts can be added to through the CRM HTTP API.",
    options: {
      workspace: WORKSPACE,
      name: { placeholder: "NAME", about: "Its name, new in the workspace.", required: true },
    },
    example: 'marketing-lists create --workspace acme --name "Spring fair"',
    prepare({ options }) {
      const list = { workspace: slug(options.workspace ?? ""), name: name(options.name ?? "") };
      return async (database) => {
        const made = await createMarketingList(database, list);
        return {
          data: { marketing_list: made },
          text: `Made the marketing list.\n\n${rows([made])}`,
        };
      };
    },
  },
  {
    group: "marketing-lists",
    name: "list",
    about: "Show the marketing lists of a workspace.",
    options: { workspace: WORKSPACE },
    example: "marketing-lists list --workspace acme",
    prepare({ options }) {
      const workspace = slug(options.workspace ?? "");
      return async (database) => {
        const lists = await listMarketingLists(database, workspace);
        return {
          data: { marketing_lists: lists },
          text: lists.length > 0 ? rows(lists) : "There are no marketing lists yet.",
        };
      };
    },
  },
];

function rows(lists: readonly MarketingList[]): string {
  return table([
    ["ID", "NAME", "CREATED"],
    ...lists.map((list) => [list.id, printable(list.name), shortTime(list.createdAt)]),
  ]);
}
