import { useLoad } from "../../load.ts";
import { go } from "../../router.ts";
import { tell } from "../../toasts.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Page } from "../../ui/page.tsx";
import { Facts, numberText, Time } from "../../ui/values.tsx";
import { type Connector, deleteConnector } from "./connectors.ts";
import { DeliveryList } from "./delivery-list.tsx";
import { MapOf } from "./map-of.tsx";
import { NewAddress } from "./new-address.tsx";
import { proofText } from "./proof-fields.tsx";
import { providerTitle, type Source, sourceOf } from "./source.ts";

/** A connector: what comes through it, and what it is. */
export function SourcePage({ id }: { id: string }) {
  const source = useLoad((signal) => sourceOf(id, signal), [id]);
  const connector = source.data?.connector;
  return (
    <Page
      title={connector?.name ?? "Source"}
      actions={connector && <Actions connector={connector} />}
    >
      <Loading of={source}>
        {({ connector: loaded, preset }) => (
          <>
            <DeliveryList connector={loaded} setup={preset?.setup ?? null} />
            <div class="columns">
              <About source={{ connector: loaded, preset }} />
              <MapOf connector={loaded} onSaved={source.reload} />
            </div>
          </>
        )}
      </Loading>
    </Page>
  );
}

function Actions({ connector: { id, name } }: { connector: Connector }) {
  const remove = async () => {
    await deleteConnector(id);
    tell(`${name} was deleted.`);
    go("/sources");
  };
  return (
    <>
      <a class="button" href="#/sources">All sources</a>
      <a class="button" href={`#/sources/${id}/edit`}>Edit</a>
      <NewAddress id={id} />
      <Confirm button="Delete" question="Delete this source?" run={remove}>
        <p dir="auto">
          What is sent to the address of {name}{" "}
          is refused from then on. What it made stays, and what was sent is kept for 30 days.
        </p>
      </Confirm>
    </>
  );
}

function About({ source: { connector, preset } }: { source: Source }) {
  const known = preset ? [preset] : [];
  return (
    <section class="card" aria-labelledby="about">
      <h2 id="about">About this source</h2>
      {preset && <p>{preset.setup}</p>}
      <Facts
        facts={[
          ["Provider", providerTitle(known, connector.preset)],
          ["Each event becomes", connector.target === "contact" ? "a contact" : "an activity"],
          ["The sender proves itself by", proofText(connector.verification)],
          ["Name in requests with an API key", <code key="slug">{connector.slug}</code>],
          ["Requests a minute, at most", numberText(connector.requests_per_minute)],
          ["Made", <Time key="made" value={connector.created_at} />],
        ]}
      />
      <p class="quiet">Its address was shown once. If it is lost, make a new one.</p>
    </section>
  );
}
