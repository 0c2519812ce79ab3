import type { Command } from "./command.ts";
import { jsonObject } from "./files.ts";
import { createForm, type Form, listForms } from "./forms.ts";
import { table } from "./output.ts";
import { printable } from "./refusal.ts";
import { name, slug } from "./values.ts";

const WORKSPACE = { placeholder: "SLUG", about: "Its workspace.", required: true } as const;

/** The commands of the group `forms`. */
export const FORM_COMMANDS: readonly Command[] = [
  {
    group: "forms",
    name: "create",
    about: "Make a form, and show the address of its page, which any site may frame.",
    argument: { placeholder: "NAME", about: "Its name, for people." },
    options: {
      workspace: WORKSPACE,
      definition: { placeholder: "JSON", about: "What it asks, as a form of LeadHub's API." },
    },
    example: 'forms create "Contact us" --workspace acme',
    notes: "Without a definition it asks for first name, last name, email, phone and company. A " +
      "definition is read from a file when given as @FILE. The page opens with a LIO key that has " +
      "the scope web_forms, as the header x-api-key or as ?api_key= in its address.",
    prepare({ argument, options }) {
      const { definition } = options;
      const form = {
        ...definition === undefined ? {} : jsonObject("definition", definition),
        name: name(argument),
        workspace: slug(options.workspace ?? ""),
      };
      return async (database, ownerUrl) => {
        const made = await createForm(database, ownerUrl, form);
        return { data: { form: made }, text: `Made the form.\n\n${rows([made])}` };
      };
    },
  },
  {
    group: "forms",
    name: "list",
    about: "Show the forms of a workspace.",
    options: { workspace: WORKSPACE },
    example: "forms list --workspace acme",
    prepare({ options }) {
      const workspace = slug(options.workspace ?? "");
      return async (database, ownerUrl) => {
        const forms = await listForms(database, ownerUrl, workspace);
        return {
          data: { forms },
          text: forms.length > 0 ? rows(forms) : "There are no forms yet.",
        };
      };
    },
  },
];

function rows(forms: readonly Form[]): string {
  return table([
    ["NUMBER", "NAME", "ACTIVE", "PAGE"],
    ...forms.map(({ number, name: its, isActive, url, formLink }) => [
      String(number),
      printable(its),
      isActive ? "yes" : "no",
      url ?? formLink,
    ]),
  ]);
}
