import { useState } from "preact/hooks";
import { type Loaded, useLoad } from "../../load.ts";
import { go } from "../../router.ts";
import { session } from "../../session.ts";
import { tell } from "../../toasts.ts";
import { Failure } from "../../ui/failure.tsx";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { ConnectionsPage } from "./connections-page.tsx";
import { askConsent, type Consent, readConsents, VENDORS } from "./consent.ts";
import { NotOffered } from "./consent-button.tsx";
import {
  addMailAccount,
  MAIL_FIELDS,
  type MailDraft,
  MAILERS,
  type MailFieldsProps,
  NO_SECRETS,
} from "./mail.ts";
import { FORGOTTEN, SecretField } from "./secret-field.tsx";
import { ServerFields } from "./server-fields.tsx";
import { TokenFields } from "./token-fields.tsx";

const MAIL = "/connections/mail";
const TOKEN =
  "As Google or Microsoft gave it to an app that you registered there, which may read and send mail.";

/** Connects a mail account of who is signed in: by consent where that is offered, else by its credentials. */
export function NewMailPage() {
  const consents = useLoad(readConsents, []);
  return (
    <ConnectionsPage title="Connect a mail account">
      <MailForm consents={consents} />
    </ConnectionsPage>
  );
}

type Consents = Loaded<readonly Consent[]>;

function MailForm({ consents }: { consents: Consents }) {
  const [draft, setDraft] = useState<MailDraft>(empty);
  const [isForgotten, setForgotten] = useState(false);
  const [isPasting, setPasting] = useState(false);
  const change = (part: Partial<MailDraft>) => setDraft((old) => ({ ...old, ...part }));
  const { mailer } = draft;
  const consent = consents.data?.find(({ provider }) => provider === mailer);
  const isByConsent = consent !== undefined && !isPasting;
  const isUnknown = mailer !== "smtp" && consents.data === undefined && !consents.error;
  const connect = async () => {
    if (isUnknown) return;
    if (isByConsent) return await consentTo(consent, draft);
    try {
      const { from_address } = await addMailAccount(draft);
      tell(`${from_address} is connected.`);
      go(MAIL);
    } finally {
      change(NO_SECRETS);
      setForgotten(true);
    }
  };
  return (
    <Form
      submit={isByConsent ? `Continue with ${VENDORS[consent.provider]}` : "Connect"}
      onSubmit={connect}
      fields={MAIL_FIELDS}
      more={
        <>
          {consent && (
            <button type="button" onClick={() => setPasting(!isPasting)}>
              {isPasting ? "Consent instead" : "Paste tokens instead"}
            </button>
          )}
          <a class="button" href={`#${MAIL}`}>Cancel</a>
        </>
      }
    >
      {(errorOf) => {
        const form = { draft, change, errorOf };
        return (
          <div class="connect">
            <Sender {...form} />
            {isByConsent && <WhatIsAsked vendor={VENDORS[consent.provider]} />}
            {!isByConsent && !isUnknown && <Credentials {...form} isForgotten={isForgotten} />}
            {mailer !== "smtp" && !consent && (
              <WithoutConsent of={consents} vendor={VENDORS[mailer]} />
            )}
          </div>
        );
      }}
    </Form>
  );
}

async function consentTo(consent: Consent, { mailer, from_name }: MailDraft): Promise<void> {
  const name = from_name.trim() || session.value?.user.name || MAILERS[mailer];
  await askConsent(consent, { name: MAILERS[mailer], from_name: name, back: MAIL });
}

// Below the fields, so that a mistake in one of these is led to first.
function WithoutConsent({ of, vendor }: { of: Consents; vendor: string }) {
  if (of.data !== undefined) return <NotOffered vendor={vendor} />;
  if (of.error) return <Failure error={of.error} retry={of.reload} />;
  return <p class="quiet" role="status">Loading…</p>;
}

function WhatIsAsked({ vendor }: { vendor: string }) {
  return (
    <p class="quiet">
      {vendor} asks you whether mail of yours may be read and sent here, and brings you back.
    </p>
  );
}

function Credentials({ isForgotten, ...form }: MailFieldsProps & { isForgotten: boolean }) {
  const { draft, change, errorOf } = form;
  return (
    <>
      <TextField
        label="Address"
        type="email"
        autocomplete="email"
        value={draft.from_address}
        onChange={(from_address) => change({ from_address })}
        error={errorOf("from_address")}
      />
      {isForgotten && <p class="quiet" role="status">{FORGOTTEN}</p>}
      {draft.mailer === "smtp" ? <ServerFields {...form} /> : (
        <>
          <SecretField
            label="Access token"
            hint={TOKEN}
            value={draft.password}
            onChange={(password) => change({ password })}
            error={errorOf("password")}
          />
          <TokenFields {...form} />
        </>
      )}
    </>
  );
}

function Sender({ draft, change, errorOf }: MailFieldsProps) {
  return (
    <>
      <SelectField
        label="Through"
        value={draft.mailer}
        choices={Object.entries(MAILERS)}
        onChange={(mailer) => change({ ...NO_SECRETS, mailer: mailer as MailDraft["mailer"] })}
        error={errorOf("mailer")}
      />
      <TextField
        label="Your name"
        hint="As those you write to see it."
        autocomplete="name"
        value={draft.from_name}
        onChange={(from_name) => change({ from_name })}
        error={errorOf("from_name")}
      />
    </>
  );
}

function empty(): MailDraft {
  const user = session.value?.user;
  return {
    mailer: "gmail",
    from_name: user?.name ?? "",
    from_address: user?.email ?? "",
    ...NO_SECRETS,
    client_id: "",
    smtp_host: "",
    smtp_port: "",
    smtp_security: "",
    smtp_user: "",
    imap_host: "",
    imap_port: "",
  };
}
