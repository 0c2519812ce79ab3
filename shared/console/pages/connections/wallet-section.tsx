import { session } from "../../session.ts";
import { Copy } from "../../ui/copy.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Short } from "../../ui/text.tsx";
import { moneyText, Time } from "../../ui/values.tsx";
import type { Wallet } from "./telephone.ts";

type Entry = Wallet["transactions"][number];

const TYPES = {
  topup: "Put in",
  number: "A number",
  call: "A call",
  adjustment: "Put right",
} as const;

/** What calls and numbers are paid from, and what was paid of late. */
export function WalletSection({ wallet }: { wallet: Wallet }) {
  const { balance, currency, transactions } = wallet;
  const command = `npm run admin -- wallet add --workspace ${session.value?.workspace.slug} ` +
    "--amount=25.00";
  return (
    <section class="stack" aria-labelledby="wallet">
      <h2 id="wallet">Wallet</h2>
      <p>
        <strong>{moneyText(balance, currency)}</strong>{" "}
        to pay numbers and calls with. Whoever runs the server puts money in:
      </p>
      <Copy name="Command" text={command} />
      <Table
        caption="What was paid"
        rows={transactions}
        columns={columns(currency)}
        keyOf={({ id }) => id}
        empty={<p>Nothing was paid in or out yet.</p>}
      />
    </section>
  );
}

function columns(currency: string): readonly Column<Entry>[] {
  return [
    { title: "When", cell: ({ created_at }) => <Time value={created_at} /> },
    { title: "What", cell: ({ type }) => TYPES[type] },
    { title: "Of", cell: ({ reference }) => <Short text={reference} /> },
    { title: "Amount", cell: ({ amount }) => moneyText(amount, currency), isNumber: true },
    {
      title: "Left",
      cell: ({ balance_after }) => moneyText(balance_after, currency),
      isNumber: true,
    },
  ];
}
