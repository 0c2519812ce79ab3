import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../../api-error.ts";
import { useLoad } from "../../load.ts";
import { newKey } from "../../once.ts";
import { goInstead } from "../../router.ts";
import { tell } from "../../toasts.ts";
import { Action } from "../../ui/action.tsx";
import { ConnectionsPage } from "./connections-page.tsx";
import {
  askConsent,
  type Asked,
  connectConsented,
  type Returned,
  takeReturned,
} from "./consent.ts";

/** Goes on with what the page of consent came back with. */
export function ConsentPage() {
  const [returned] = useState(takeReturned);
  return (
    <ConnectionsPage title="Connect an account">
      {"why" in returned ? <Refused {...returned} /> : <Connecting {...returned} />}
    </ConnectionsPage>
  );
}

function Connecting({ asked, code }: Exclude<Returned, { why: string }>) {
  const [key] = useState(newKey);
  const { data: address, error, isLoading, reload } = useLoad(
    () => connectConsented(asked, code, key),
    [],
  );
  useEffect(() => {
    if (address === undefined) return;
    tell(`${address ?? asked.name} is connected.`);
    goInstead(asked.back);
  }, [address]);
  if (error === undefined || isLoading) return <p class="quiet" role="status">Connecting…</p>;
  const { mayPass, isSpent } = prospects(error);
  const messages = error instanceof ApiError ? error.fields.map(({ message }) => message) : [];
  return (
    <Refused
      why={messages.join(" ") || error.message}
      back={asked.back}
      {...(mayPass ? { retry: reload } : {})}
      {...(mayPass || isSpent ? { asked } : {})}
    />
  );
}

/** Whether another try may work, and whether the code of the consent is not good any more. */
function prospects(error: Error): { mayPass: boolean; isSpent: boolean } {
  if (!(error instanceof ApiError)) return { mayPass: false, isSpent: false };
  const { status, type, fields } = error;
  const isSpent = type === "consent_spent" || fields.some(({ field }) => field === "code");
  const mayPass = !isSpent && (status === 0 || status === 429 || status >= 500);
  return { mayPass, isSpent };
}

interface RefusedProps {
  why: string;
  back: string;
  retry?: () => void;
  /** Given where consent can be asked for again. */
  asked?: Asked;
}

function Refused({ why, back, retry, asked }: RefusedProps) {
  return (
    <>
      <div class="notice bad" role="alert">
        <p class="words" dir="auto">{why}</p>
      </div>
      <div class="actions">
        {retry && <button type="button" class="primary" onClick={retry}>Try again</button>}
        {asked && (
          <Action
            {...(retry ? {} : { class: "primary" })}
            run={() => askConsent(asked, asked)}
          >
            Ask for consent again
          </Action>
        )}
        <a class="button" href={`#${back}`}>Back</a>
      </div>
    </>
  );
}
