import { useEffect, useRef, useState } from "preact/hooks";
import { lio, type LioPage } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { query, setQuery } from "../../router.ts";
import { tell } from "../../toasts.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Short } from "../../ui/text.tsx";
import { moneyText } from "../../ui/values.tsx";
import { Service } from "./service.tsx";
import { buyNumber, NUMBER_TYPES, type Offer } from "./telephone.ts";

interface BuyNumberProps {
  /** What is in the wallet. */
  balance: number;
  done(): void;
}

interface Wanted {
  country: string;
  type: string;
  areaCode: string;
  contains: string;
}

const SHOWN = 20;

/** Finds numbers that can be bought; what is looked for stands in the address. */
export function BuyNumber({ balance, done }: BuyNumberProps) {
  const of = (name: string) => query.value.get(name) ?? "";
  const wanted: Wanted = {
    country: of("country"),
    type: of("type"),
    areaCode: of("area"),
    contains: of("contains"),
  };
  return (
    <section class="stack" aria-labelledby="buy">
      <h2 id="buy">Buy a number</h2>
      <Search wanted={wanted} />
      {wanted.country !== "" && <Offers wanted={wanted} balance={balance} done={done} />}
    </section>
  );
}

function Search({ wanted }: { wanted: Wanted }) {
  const given = { ...wanted, country: wanted.country || "US" };
  const [draft, setDraft] = useState<Wanted>(given);
  const text = JSON.stringify(wanted);
  const shown = useRef(text);
  // The browser's way back leads to what was looked for before. What is typed at first stays.
  useEffect(() => {
    if (shown.current === text) return;
    shown.current = text;
    setDraft(given);
  }, [text]);
  const change = (part: Partial<Wanted>) => setDraft((old) => ({ ...old, ...part }));
  const search = (event: Event) => {
    event.preventDefault();
    const { country, type, areaCode: area, contains } = draft;
    setQuery({ country: country.trim().toUpperCase(), type, area, contains });
  };
  return (
    <form class="filters" onSubmit={search} noValidate>
      <TextField
        label="Country"
        placeholder="US"
        value={draft.country}
        onChange={(country) => change({ country })}
      />
      <SelectField
        label="Kind"
        value={draft.type}
        choices={[["", "Local"], ["tollfree", "Toll-free"], ["mobile", "Mobile"]]}
        onChange={(type) => change({ type })}
      />
      <TextField
        label="Area code"
        inputMode="numeric"
        value={draft.areaCode}
        onChange={(areaCode) => change({ areaCode })}
      />
      <TextField
        label="Contains"
        placeholder="925, BIKE"
        value={draft.contains}
        onChange={(contains) => change({ contains })}
      />
      <button type="submit">Find numbers</button>
    </form>
  );
}

function Offers({ wanted, balance, done }: BuyNumberProps & { wanted: Wanted }) {
  const offers = useLoad(
    (signal) =>
      lio.get<LioPage<Offer>>("voice/available-numbers", { ...wanted, limit: SHOWN }, signal),
    [wanted],
  );
  const bought = () => {
    offers.reload();
    done();
  };
  return (
    <Service of={offers}>
      {({ data }) => (
        <Table
          caption="Numbers that can be bought"
          rows={data}
          columns={columns(balance, bought)}
          keyOf={({ phone_number }) => phone_number}
          empty={<p>No such number is for sale: look for another kind, or in another area.</p>}
        />
      )}
    </Service>
  );
}

function columns(balance: number, done: () => void): readonly Column<Offer>[] {
  return [
    {
      title: "Number",
      cell: ({ phone_number }) => <strong class="whole">{phone_number}</strong>,
    },
    {
      title: "Where",
      cell: ({ locality, region, country }) => (
        <Short text={[locality, region, country].filter(Boolean).join(", ")} />
      ),
    },
    { title: "Kind", cell: ({ type }) => NUMBER_TYPES[type] },
    {
      title: "A month",
      cell: ({ monthly_price }) => moneyText(monthly_price, "USD"),
      isNumber: true,
    },
    { title: "Buy", cell: (offer) => <Buy offer={offer} balance={balance} done={done} /> },
  ];
}

function Buy({ offer, balance, done }: BuyNumberProps & { offer: Offer }) {
  const run = async () => {
    await buyNumber(offer);
    tell(`${offer.phone_number} is yours.`);
    done();
  };
  return (
    <Confirm
      button="Buy"
      label={`Buy ${offer.phone_number}`}
      isPlain
      question={`Buy ${offer.phone_number}?`}
      run={run}
    >
      <p>
        It costs {moneyText(offer.monthly_price, "USD")} a month, the first at once. The wallet has
        {" "}
        {moneyText(balance, "USD")}.
      </p>
    </Confirm>
  );
}
