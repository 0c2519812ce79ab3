import { TextField } from "../../ui/fields.tsx";
import type { Tokens } from "./accounts.ts";
import { SecretField } from "./secret-field.tsx";

type Renewing = Pick<Tokens, "refresh_token" | "client_id" | "client_secret">;

interface TokenFieldsProps {
  draft: Renewing;
  change(part: Partial<Renewing>): void;
  errorOf(field: string): string | undefined;
}

/** Asks for what renews an access that ends. */
export function TokenFields({ draft, change, errorOf }: TokenFieldsProps) {
  return (
    <fieldset>
      <legend>To renew it (optional)</legend>
      <p class="quiet">
        For a token that ends, as those of Google and Microsoft do within an hour or so.
      </p>
      <SecretField
        label="Refresh token"
        value={draft.refresh_token}
        onChange={(refresh_token) => change({ refresh_token })}
        error={errorOf("refresh_token")}
      />
      <TextField
        label="Client id"
        autocomplete="off"
        value={draft.client_id}
        onChange={(client_id) => change({ client_id })}
        error={errorOf("client_id")}
      />
      <SecretField
        label="Client secret"
        value={draft.client_secret}
        onChange={(client_secret) => change({ client_secret })}
        error={errorOf("client_secret")}
      />
    </fieldset>
  );
}
