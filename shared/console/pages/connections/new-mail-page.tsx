import { useState } from "preact/hooks";
import { go } from "../../router.ts";
import { session } from "../../session.ts";
import { tell } from "../../toasts.ts";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { ConnectionsPage } from "./connections-page.tsx";
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

const TOKEN =
  "As Google or Microsoft gave it to an app that you registered there, which may read and send mail.";

/** Connects a mail account of who is signed in; its credentials are tried at once. */
export function NewMailPage() {
  const [draft, setDraft] = useState<MailDraft>(empty);
  const [isForgotten, setForgotten] = useState(false);
  const change = (part: Partial<MailDraft>) => setDraft((old) => ({ ...old, ...part }));
  const connect = async () => {
    try {
      const { from_address } = await addMailAccount(draft);
      tell(`${from_address} is connected.`);
      go("/connections/mail");
    } finally {
      change(NO_SECRETS);
      setForgotten(true);
    }
  };
  return (
    <ConnectionsPage title="Connect a mail account">
      <Form
        submit="Connect"
        onSubmit={connect}
        fields={MAIL_FIELDS}
        more={<a class="button" href="#/connections/mail">Cancel</a>}
      >
        {(errorOf) => (
          <div class="connect">
            <Address draft={draft} change={change} errorOf={errorOf} />
            {isForgotten && (
              <p class="quiet" role="status">
                {FORGOTTEN}
              </p>
            )}
            {draft.mailer === "smtp"
              ? <ServerFields draft={draft} change={change} errorOf={errorOf} />
              : (
                <>
                  <SecretField
                    label="Access token"
                    hint={TOKEN}
                    value={draft.password}
                    onChange={(password) => change({ password })}
                    error={errorOf("password")}
                  />
                  <TokenFields draft={draft} change={change} errorOf={errorOf} />
                </>
              )}
          </div>
        )}
      </Form>
    </ConnectionsPage>
  );
}

function Address({ draft, change, errorOf }: MailFieldsProps) {
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
      <TextField
        label="Address"
        type="email"
        autocomplete="email"
        value={draft.from_address}
        onChange={(from_address) => change({ from_address })}
        error={errorOf("from_address")}
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
