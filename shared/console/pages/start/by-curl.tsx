import { useState } from "preact/hooks";
import { native } from "../../api.ts";
import { FUNCTIONS_ADDRESS } from "../../functions.ts";
import { isAtLeast } from "../../session.ts";
import { Action } from "../../ui/action.tsx";
import { Copy } from "../../ui/copy.tsx";

const NO_KEY = "$LUMENBASE_KEY";

/** A lead from a terminal: a command that works as it is copied. */
export function ByCurl() {
  const [key, setKey] = useState<string | null>(null);
  const make = async () => setKey(await madeKey());
  return (
    <section class="card" aria-labelledby="by-curl">
      <h2 id="by-curl">From a terminal or a script</h2>
      {key === null && isAtLeast("admin") && (
        <>
          <p>The command needs an API key. This makes one that may write contacts, nothing else.</p>
          <div class="actions">
            <Action class="primary" run={make}>Make a key</Action>
          </div>
        </>
      )}
      {key !== null && (
        <p>The key is in the command and shown this once: keep it, or make another one later.</p>
      )}
      {key === null && !isAtLeast("admin") && (
        <p>An administrator gives you a key: put it where the command says {NO_KEY}.</p>
      )}
      <Copy name="Command" text={command(key ?? NO_KEY)} />
    </section>
  );
}

async function madeKey(): Promise<string> {
  const { data } = await native.post<{ data: { key: string } }>("v1-public-api-keys", {
    api: "lumenbase",
    name: "First lead",
    scopes: ["contacts:write"],
  });
  return data.key;
}

function command(key: string): string {
  const body = JSON.stringify({ email: "ada@example.com", first_name: "Ada", source: "curl" });
  return [
    `curl -X POST ${FUNCTIONS_ADDRESS}/v1-public-contacts`,
    // Double quotes let the shell put the variable in; a key has nothing that they change.
    `  -H "Authorization: Bearer ${key}"`,
    `  -H 'Content-Type: application/json'`,
    `  -d '${body}'`,
  ].join(" \\\n");
}
