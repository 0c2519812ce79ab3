import { TextField } from "../../ui/fields.tsx";
import type { SecretName } from "./connectors.ts";

export type Secrets = Readonly<Partial<Record<SecretName, string>>>;

const LABELS: Readonly<Record<SecretName, readonly [label: string, hint: string]>> = {
  secret: ["Secret", "The sender proves itself with it: give the provider the same one."],
  verify_token: ["Verify token", "The provider repeats it when it tries the address."],
  access_token: ["Access token", "It opens the leads that the provider only names."],
};

/** The names of the fields of secrets. */
export const SECRET_NAMES = Object.keys(LABELS) as SecretName[];

/** Asks for the secrets that a connector takes. */
export function SecretFields({ taken, kept = [], value, onChange, errorOf }: {
  taken: Readonly<Partial<Record<SecretName, "required" | "optional">>>;
  /** Those that are stored: left blank, they stay. */
  kept?: readonly SecretName[];
  value: Secrets;
  onChange(value: Secrets): void;
  errorOf(field: string): string | undefined;
}) {
  return (
    <>
      {SECRET_NAMES.filter((name) => taken[name]).map((name) => {
        const [label, hint] = LABELS[name];
        const isOptional = taken[name] === "optional" && !kept.includes(name);
        return (
          <TextField
            key={name}
            label={isOptional ? `${label} (optional)` : label}
            hint={kept.includes(name) ? `${hint} Left blank, the one before stays.` : hint}
            type="password"
            autocomplete="off"
            value={value[name] ?? ""}
            onChange={(text) => onChange({ ...value, [name]: text })}
            error={errorOf(name)}
          />
        );
      })}
    </>
  );
}

/** The secrets that were filled in. */
export function givenSecrets(secrets: Secrets): Secrets {
  return Object.fromEntries(Object.entries(secrets).filter(([, text]) => text !== ""));
}
