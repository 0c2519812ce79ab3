import { useState } from "preact/hooks";
import { useLoad } from "../../load.ts";
import { path } from "../../router.ts";
import { isAtLeast } from "../../session.ts";
import { tell } from "../../toasts.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { Failure } from "../../ui/failure.tsx";
import { TextField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { connectApp, disconnectApp, NO_TOKENS, type Whose } from "./accounts.ts";
import type { App, Provider } from "./connections.ts";
import { readConsents, VENDORS } from "./consent.ts";
import { ConsentButton, NotOffered } from "./consent-button.tsx";
import { FORGOTTEN, SecretField } from "./secret-field.tsx";
import { TokenFields } from "./token-fields.tsx";

interface ConnectAppProps {
  app: App;
  userId: string | null;
  /** Called when it was connected, or is no more. */
  done(): void;
}

/** Where each service gives the token that connects it. */
const HINTS: Readonly<Record<Provider, string>> = {
  hubspot: "Of a private app with the scopes to read contacts and companies: it begins with pat-.",
  slack:
    "The bot token of an app with channels:read, groups:read and chat:write: it begins with xoxb-.",
  teams:
    "Of an app that you registered with Microsoft Entra, with Team.ReadBasic.All and Channel.ReadBasic.All.",
  google: "Of an app that you registered with Google, with the scope calendar.events.",
  microsoft: "Of an app that you registered with Microsoft Entra, with Calendars.ReadWrite.",
};
const FIELDS = ["access_token", "refresh_token", "client_id", "client_secret", "channel"];

/** Connects a service, or disconnects it, for whom may do so: by consent where that is offered, or by tokens. */
export function ConnectApp(props: ConnectAppProps) {
  const { app: { provider, name, status }, userId } = props;
  const vendor = provider === "slack" || provider === "hubspot" ? null : VENDORS[provider];
  const consents = useLoad(
    (signal) => vendor === null ? Promise.resolve([]) : readConsents(signal),
    [vendor],
  );
  const isConnected = status !== "not_connected";
  const consent = consents.data?.find((one) => one.provider === provider);
  const byConsent = consent
    ? <ConsentButton consent={consent} name={name} back={path.value} />
    : consents.error && <Failure error={consents.error} retry={consents.reload} />;
  const notOffered = vendor !== null && consents.data && !consent && <NotOffered vendor={vendor} />;
  if (!isAtLeast("admin")) {
    return (
      <>
        {byConsent}
        {userId !== null && notOffered}
        {(isConnected || consents.data && !consent) && (
          <Advice isConnected={isConnected} isOwn={userId !== null} />
        )}
      </>
    );
  }
  return (
    <>
      {byConsent}
      <details class="fold">
        <summary>
          Connect {name}
          {isConnected && " anew"}
          {consent && " by tokens"}
        </summary>
        <TokenForm {...props} />
        {notOffered}
      </details>
      {isConnected && <Disconnect {...props} />}
    </>
  );
}

// By tokens the pages connect the calendars of an administrator alone, the API those of anybody.
function Advice({ isConnected, isOwn }: { isConnected: boolean; isOwn: boolean }) {
  if (isOwn) {
    return (
      <p class="quiet">
        An administrator of the workspace can {isConnected ? "disconnect" : "connect"}{" "}
        it for you, by the API.
      </p>
    );
  }
  return isConnected
    ? null
    : <p class="quiet">An administrator of the workspace can connect it.</p>;
}

function TokenForm({ app: { provider, name }, userId, done }: ConnectAppProps) {
  const whose: Whose = { provider, userId };
  const [tokens, setTokens] = useState(NO_TOKENS);
  const [channel, setChannel] = useState("");
  const [isForgotten, setForgotten] = useState(false);
  const connect = async () => {
    try {
      await connectApp(whose, tokens, channel);
    } finally {
      setTokens(({ client_id }) => ({ ...NO_TOKENS, client_id }));
      setForgotten(true);
    }
    tell(`${name} is connected.`);
    done();
  };
  return (
    <Form submit="Connect" onSubmit={connect} fields={FIELDS}>
      {(errorOf) => (
        <div class="connect">
          {isForgotten && <p class="quiet" role="status">{FORGOTTEN}</p>}
          <SecretField
            label="Access token"
            hint={HINTS[provider]}
            value={tokens.access_token}
            onChange={(access_token) => setTokens({ ...tokens, access_token })}
            error={errorOf("access_token")}
          />
          {provider === "slack" && (
            <TextField
              label="Channel for notifications"
              hint="# and its name, or its id; the app must be a member. Left blank, nothing is posted."
              placeholder="#sales"
              value={channel}
              onChange={setChannel}
              error={errorOf("channel")}
            />
          )}
          <TokenFields
            draft={tokens}
            change={(part) => setTokens({ ...tokens, ...part })}
            errorOf={errorOf}
          />
        </div>
      )}
    </Form>
  );
}

function Disconnect({ app: { provider, name }, userId, done }: ConnectAppProps) {
  const disconnect = async () => {
    await disconnectApp({ provider, userId });
    tell(`${name} is disconnected.`);
    done();
  };
  return (
    <div class="actions">
      <Confirm
        button="Disconnect"
        label={`Disconnect ${name}`}
        question={`Disconnect ${name}?`}
        run={disconnect}
      >
        <p>
          Its tokens are forgotten here. What came from it stays. To connect it again you need its
          consent or its tokens anew.
        </p>
      </Confirm>
    </div>
  );
}
