import { type Loaded, useLoad } from "../../load.ts";
import { isAtLeast, session } from "../../session.ts";
import { tell } from "../../toasts.ts";
import { Action } from "../../ui/action.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Loading } from "../../ui/loading.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Badge, Time } from "../../ui/values.tsx";
import { disconnectMail } from "./accounts.ts";
import { ConnectionsPage } from "./connections-page.tsx";
import { type MailAccount, MAILERS, readMailAccounts, tried } from "./mail.ts";

/** The mail accounts of who is signed in. */
export function MailPage() {
  const accounts = useLoad(readMailAccounts, []);
  const connect = isAtLeast("rep") && (
    <a class="button primary" href="#/connections/mail/new">Connect an account</a>
  );
  return (
    <ConnectionsPage title="Mail accounts" actions={connect}>
      <p class="quiet">Mail that you write here goes through accounts of your own.</p>
      {isAtLeast("rep") && !isAtLeast("admin") && (
        <p class="quiet">
          To disconnect one, ask an administrator of the workspace, who does it by the API.
        </p>
      )}
      <Loading of={accounts}>
        {({ data }) => (
          <Table
            caption="Mail accounts"
            rows={data}
            columns={columns(accounts)}
            keyOf={({ id }) => id}
            empty={<None />}
          />
        )}
      </Loading>
    </ConnectionsPage>
  );
}

function None() {
  return (
    <>
      <p>You have no mail account here yet.</p>
      <p>
        {isAtLeast("rep")
          ? (
            <>
              <a href="#/connections/mail/new">Connect one</a>{" "}
              to write to leads, and to see what they answer.
            </>
          )
          : "Your role reads only: it sends no mail."}
      </p>
    </>
  );
}

function columns(accounts: Loaded<unknown>): readonly Column<MailAccount>[] {
  const all: readonly Column<MailAccount>[] = [
    { title: "Account", cell: Account },
    { title: "Through", cell: ({ mailer }) => <span class="whole">{MAILERS[mailer]}</span> },
    { title: "State", cell: State },
    { title: "Connected", cell: ({ created_at }) => <Time value={created_at} /> },
  ];
  if (!isAtLeast("rep")) return all;
  return [...all, {
    title: "Actions",
    cell: (account) => (
      <div class="actions">
        <Test account={account} done={accounts.reload} />
        {isAtLeast("admin") && <Disconnect account={account} done={accounts.reload} />}
      </div>
    ),
  }];
}

function Account({ from_name, from_address, is_default }: MailAccount) {
  return (
    <>
      <bdi>{from_address}</bdi> {is_default && <Badge>Default</Badge>}
      <p class="quiet clamped" dir="auto" title={from_name}>{from_name}</p>
    </>
  );
}

function State({ state_id, last_error }: MailAccount) {
  if (state_id === 0) return <Badge>Off</Badge>;
  if (last_error === null) return <Badge tone="good">Works</Badge>;
  return (
    <>
      <Badge tone="bad">Does not work</Badge>
      <p class="wrong words" dir="auto">{last_error}</p>
      <p class="quiet">Connect it anew with what the provider gives you now.</p>
    </>
  );
}

function Test({ account, done }: { account: MailAccount; done(): void }) {
  const run = async () => {
    try {
      tell(await tried(account));
    } finally {
      done();
    }
  };
  return <Action label={`Test ${account.from_address}`} run={run}>Test</Action>;
}

function Disconnect({ account, done }: { account: MailAccount; done(): void }) {
  const { mailer, from_address } = account;
  const disconnect = async () => {
    await disconnectMail(mailer, from_address, session.value?.user.id ?? "");
    tell(`${from_address} is disconnected.`);
    done();
  };
  return (
    <Confirm
      button="Disconnect"
      label={`Disconnect ${from_address}`}
      question={`Disconnect ${from_address}?`}
      run={disconnect}
    >
      <p>
        Its credentials are forgotten here, and nothing is sent through it any more. Mail that was
        sent stays.
      </p>
    </Confirm>
  );
}
