import { isAtLeast } from "../../session.ts";
import { Action } from "../../ui/action.tsx";
import { askConsent, type Consent, VENDORS } from "./consent.ts";

interface ConsentButtonProps {
  consent: Consent;
  /** What is connected, in words. */
  name: string;
  /** The page to come back to. */
  back: string;
}

/** Connects an account at the page of its provider. */
export function ConsentButton({ consent, name, back }: ConsentButtonProps) {
  return (
    <div class="actions">
      <Action class="primary" run={() => askConsent(consent, { name, back })}>
        Continue with {VENDORS[consent.provider]}
      </Action>
    </div>
  );
}

/** Says why this page leads nobody to the provider, and tells an administrator what would change that. */
export function NotOffered({ vendor }: { vendor: string }) {
  if (!isSecureContext && isAtLeast("rep")) {
    return (
      <p class="quiet">
        To “Continue with {vendor}”, open the console at an address that begins with https://.
      </p>
    );
  }
  if (!isAtLeast("admin")) return null;
  return (
    <p class="quiet">
      Whoever runs the server can offer “Continue with {vendor}” here, as{" "}
      <code>shared/console/README.md</code> tells.
    </p>
  );
}
