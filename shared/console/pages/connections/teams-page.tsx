import { lio, type LioPage } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { query, setQuery } from "../../router.ts";
import { SelectField } from "../../ui/fields.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Short } from "../../ui/text.tsx";
import { numberText } from "../../ui/values.tsx";
import { AppPage } from "./app-page.tsx";
import { MOST } from "./connections.ts";
import { Service } from "./service.tsx";

interface Channel {
  id: string;
  name: string;
  description: string | null;
  team_id: string;
  team_name: string | null;
  web_url: string | null;
  membership_type: string | null;
}

const COLUMNS: readonly Column<Channel>[] = [
  { title: "Channel", cell: ({ name }) => <strong class="clamped">{name}</strong> },
  { title: "Team", cell: ({ team_name }) => <Short text={team_name} /> },
  { title: "About", cell: ({ description }) => <Short text={description} />, isMinor: true },
  { title: "Kind", cell: ({ membership_type }) => <Short text={membership_type} /> },
  { title: "Open", cell: ({ web_url }) => <Open address={web_url} /> },
];

/** Microsoft Teams: the channels that the workspace's account sees. */
export function TeamsPage() {
  return (
    <AppPage provider="teams" title="Microsoft Teams">
      <Channels />
    </AppPage>
  );
}

function Channels() {
  const loaded = useLoad(
    (signal) => lio.get<LioPage<Channel>>("teams/channels", { limit: MOST }, signal),
    [],
  );
  const team = query.value.get("team") ?? "";
  return (
    <Service of={loaded}>
      {({ data, total }) => (
        <section class="stack" aria-labelledby="channels">
          <h2 id="channels">Channels</h2>
          <div class="filters">
            <SelectField
              label="Team"
              value={team}
              onChange={(next) => setQuery({ team: next })}
              choices={[["", "All teams"], ...teamsOf(data)]}
            />
          </div>
          <Table
            caption="Channels of Teams"
            rows={data.filter(({ team_id }) => team === "" || team_id === team)}
            columns={COLUMNS}
            keyOf={({ id }) => id}
            empty={<p>The account is in no team with channels.</p>}
          />
          {total > data.length && <p class="quiet">{numberText(total)} channels in all.</p>}
        </section>
      )}
    </Service>
  );
}

function teamsOf(channels: readonly Channel[]): (readonly [id: string, name: string])[] {
  return [...new Map(channels.map((one) => [one.team_id, one.team_name ?? one.team_id]))];
}

function Open({ address }: { address: string | null }) {
  return address?.startsWith("https://")
    ? <a href={address} target="_blank" rel="noopener noreferrer">In Teams</a>
    : <span class="quiet">–</span>;
}
