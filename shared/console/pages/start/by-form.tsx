import { useState } from "preact/hooks";
import { leadhub } from "../../api.ts";
import { isAtLeast } from "../../session.ts";
import { Action } from "../../ui/action.tsx";
import { Copy } from "../../ui/copy.tsx";

/** A lead from a form on a web page: HTML that works without a key and without a script. */
export function ByForm() {
  const [address, setAddress] = useState<string | null>(null);
  const make = async () => setAddress(await madeForm());
  return (
    <section class="card" aria-labelledby="by-form">
      <h2 id="by-form">From a form on your own page</h2>
      <p>Paste this into any page. It needs no script, and no key that a visitor could see.</p>
      {address === null
        ? isAtLeast("admin")
          ? (
            <div class="actions">
              <Action class="primary" run={make}>Make a form</Action>
            </div>
          )
          : <p>An administrator can make the form here.</p>
        : <Copy name="Form" text={html(address)} />}
    </section>
  );
}

async function madeForm(): Promise<string> {
  const { data } = await leadhub.post<{ data: { submit_url: string } }>("forms", {
    name: "Contact us",
    public: true,
    honeypot_field: "website_2",
    fields: [
      { key: "email", type: "email", required: true },
      { key: "first_name", type: "text" },
      { key: "message", type: "textarea", maps_to: "notes" },
    ],
  });
  return data.submit_url;
}

function html(address: string): string {
  return `<form method="post" action="${address}">
  <label>Email <input name="email" type="email" required></label>
  <label>Name <input name="first_name"></label>
  <label>Message <textarea name="message"></textarea></label>
  <input name="website_2" tabindex="-1" autocomplete="off" hidden>
  <button>Send</button>
</form>`;
}
