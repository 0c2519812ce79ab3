import { type Loaded, useLoad } from "../../load.ts";
import { isAtLeast } from "../../session.ts";
import { Loading } from "../../ui/loading.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { moneyText } from "../../ui/values.tsx";
import { AssignNumber } from "./assign-number.tsx";
import { BuyNumber } from "./buy-number.tsx";
import { ConnectionsPage } from "./connections-page.tsx";
import { NUMBER_TYPES, type PhoneNumber, readTelephone, type Telephone } from "./telephone.ts";
import { WalletSection } from "./wallet-section.tsx";

/** Phone numbers of the workspace, whom they ring, and what they are paid from. */
export function TelephonePage() {
  const loaded = useLoad(readTelephone, []);
  return (
    <ConnectionsPage title="Telephone">
      <Loading of={loaded}>
        {(telephone) => (
          <>
            <section class="stack" aria-labelledby="numbers">
              <h2 id="numbers">Your numbers</h2>
              <Table
                caption="Phone numbers"
                rows={telephone.numbers}
                columns={columns(telephone, loaded)}
                keyOf={({ id }) => id}
                empty={<None />}
              />
            </section>
            {isAtLeast("member") && (
              <BuyNumber balance={telephone.wallet.balance} done={loaded.reload} />
            )}
            <WalletSection wallet={telephone.wallet} />
          </>
        )}
      </Loading>
    </ConnectionsPage>
  );
}

function None() {
  return (
    <>
      <p>The workspace has no phone number yet.</p>
      <p>
        {isAtLeast("member")
          ? "Find one below: leads are called from it, and who calls back rings the users you choose."
          : "A manager of the workspace can buy one."}
      </p>
    </>
  );
}

function columns(
  { people }: Telephone,
  loaded: Loaded<Telephone>,
): readonly Column<PhoneNumber>[] {
  const rung = (ids: readonly number[]) =>
    ids.map((id) => people.find((one) => one.id === id)?.name ?? `User ${id}`).join(", ");
  const all: readonly Column<PhoneNumber>[] = [
    {
      title: "Number",
      cell: ({ phone_number, friendly_name }) => (
        <>
          <strong class="whole">{phone_number}</strong>
          {friendly_name !== phone_number && <p class="clamped" dir="auto">{friendly_name}</p>}
        </>
      ),
    },
    { title: "Kind", cell: ({ type }) => NUMBER_TYPES[type] },
    {
      title: "Rings",
      cell: ({ assigned_user_ids: ids }) =>
        ids.length === 0 ? <span class="quiet">Nobody</span> : <bdi>{rung(ids)}</bdi>,
    },
    {
      title: "A month",
      cell: ({ monthly_price }) => moneyText(monthly_price, "USD"),
      isNumber: true,
    },
  ];
  if (!isAtLeast("member")) return all;
  return [...all, {
    title: "Change",
    cell: (number) => <AssignNumber number={number} people={people} done={loaded.reload} />,
  }];
}
