import type { LosslessNumber } from "lossless-json";
import type { Ledger } from "../../../shared/crm/ledgers.ts";
import type { Command } from "./command.ts";
import { addFunds } from "./ledgers.ts";
import { printable, quoted, Refusal } from "./refusal.ts";
import { slug } from "./values.ts";

const MOST_NOTE = 500;
const UNITS = { credits: "credits", wallet: "USD" } as const;
const FORMS = { credits: /^-?\d{1,12}$/, wallet: /^-?\d{1,12}(\.\d{1,4})?$/ } as const;

/** The commands of the groups `credits` and `wallet`. */
export const LEDGER_COMMANDS: readonly Command[] = [
  adding("credits", "Give a workspace credits for AI and enrichment.", "500"),
  adding("wallet", "Put money into a workspace's wallet for calls.", "25.00"),
];

function adding(ledger: Ledger, about: string, amount: string): Command {
  return {
    group: ledger,
    name: "add",
    about,
    options: {
      workspace: { placeholder: "SLUG", about: "Its workspace.", required: true },
      amount: {
        placeholder: "N",
        about: `How much, in ${UNITS[ledger]}; a negative N takes that much away.`,
        required: true,
      },
      note: { placeholder: "TEXT", about: "Why, for people." },
    },
    example: `${ledger} add --workspace acme --amount=${amount} --note "Invoice 17"`,
    notes: "No more can be taken away than there is and is not set aside for work under way.",
    prepare({ options }) {
      const addition = {
        workspace: slug(options.workspace ?? ""),
        ledger,
        amount: amountOf(ledger, options.amount ?? ""),
        note: options.note === undefined ? null : note(options.note),
      };
      return async (database) => {
        const balance = await addFunds(database, addition);
        return {
          data: { [ledger]: shown(ledger, balance) },
          text: `The balance is ${balance} ${UNITS[ledger]} now.`,
          verbatim: true,
        };
      };
    },
  };
}

function shown(ledger: Ledger, balance: LosslessNumber): Record<string, unknown> {
  return ledger === "wallet" ? { balance, currency: UNITS.wallet } : { balance };
}

function amountOf(ledger: Ledger, text: string): string {
  if (FORMS[ledger].test(text) && Number(text) !== 0) return text;
  const form = ledger === "credits" ? "a whole number" : "a number with at most 4 decimals";
  throw new Refusal(
    "invalid_argument",
    `--amount ${quoted(text)} is no amount: give ${form} other than 0, such as 25 or -25.`,
  );
}

function note(text: string): string {
  const trimmed = text.trim();
  const length = [...trimmed].length;
  if (length >= 1 && length <= MOST_NOTE && printable(trimmed) === trimmed) return trimmed;
  throw new Refusal(
    "invalid_argument",
    `--note ${quoted(text)} cannot be used: take 1 to ${MOST_NOTE} characters without control ` +
      "characters.",
  );
}
