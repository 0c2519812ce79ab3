import { SelectField, TextField } from "../../ui/fields.tsx";
import type { MailFieldsProps } from "./mail.ts";
import { SecretField } from "./secret-field.tsx";

const SECURITIES = [
  ["", "As usual for the port"],
  ["tls", "TLS from the start"],
  ["starttls", "STARTTLS"],
  ["none", "None, in the server's own networks"],
] as const;

/** Asks for the servers that mail is sent and read by. */
export function ServerFields(form: MailFieldsProps) {
  const { draft, change, errorOf } = form;
  return (
    <>
      <SecretField
        label="Password"
        hint="Of the mailbox; many providers give a password for apps."
        value={draft.password}
        onChange={(password) => change({ password })}
        error={errorOf("password")}
      />
      <fieldset>
        <legend>To send (SMTP)</legend>
        <div class="columns">
          <Line {...form} name="smtp_host" label="Server" hint="Such as smtp.example.com" />
          <Line {...form} name="smtp_port" label="Port" hint="465 unless given" />
        </div>
        <SelectField
          label="Encryption"
          value={draft.smtp_security}
          choices={SECURITIES}
          onChange={(smtp_security) => change({ smtp_security })}
          error={errorOf("smtp_security")}
        />
        <Line {...form} name="smtp_user" label="User" hint="Your address unless given" />
      </fieldset>
      <fieldset>
        <legend>To read (IMAP)</legend>
        <p class="quiet">Without a server the account only sends.</p>
        <div class="columns">
          <Line
            {...form}
            name="imap_host"
            label="Server for reading"
            hint="Such as imap.example.com"
          />
          <Line {...form} name="imap_port" label="Port for reading" hint="993 unless given" />
        </div>
      </fieldset>
    </>
  );
}

interface LineProps extends MailFieldsProps {
  name: "smtp_host" | "smtp_port" | "smtp_user" | "imap_host" | "imap_port";
  label: string;
  hint: string;
}

function Line({ draft, change, errorOf, name, label, hint }: LineProps) {
  return (
    <TextField
      label={label}
      hint={hint}
      autocomplete="off"
      inputMode={name.endsWith("_port") ? "numeric" : "text"}
      value={draft[name]}
      onChange={(text) => change({ [name]: text })}
      error={errorOf(name)}
    />
  );
}
