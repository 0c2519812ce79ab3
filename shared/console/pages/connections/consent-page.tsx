import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../../api-error.ts";
import { useLoad } from "../../load.ts";
import { newKey } from "../../once.ts";
import { goInstead } from "../../router.ts";
import { tell } from "../../toasts.ts";
import { ConnectionsPage } from "./connections-page.tsx";
import { connectConsented, type Returned, takeReturned } from "./consent.ts";

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
  const messages = error instanceof ApiError ? error.fields.map(({ message }) => message) : [];
  const mayPass = error instanceof ApiError &&
    (error.status === 0 || error.status === 429 || error.status >= 500);
  return (
    <Refused
      why={messages.join(" ") || error.message}
      back={asked.back}
      {...(mayPass ? { retry: reload } : {})}
    />
  );
}

function Refused({ why, back, retry }: { why: string; back: string; retry?: () => void }) {
  return (
    <>
      <div class="notice bad" role="alert">
        <p class="words" dir="auto">{why}</p>
      </div>
      <div class="actions">
        {retry && <button type="button" class="primary" onClick={retry}>Try again</button>}
        <a class="button" href={`#${back}`}>Back</a>
      </div>
    </>
  );
}
