import { useState } from "preact/hooks";
import { useOnce } from "../../once.ts";
import { isAtLeast } from "../../session.ts";
import { Action } from "../../ui/action.tsx";
import { Copy } from "../../ui/copy.tsx";
import { makeForm } from "../sources/forms/forms.ts";
import { snippetOf } from "../sources/forms/snippet.ts";

const FORM = {
  name: "Contact us",
  public: true,
  honeypot_field: "website_2",
  fields: [
    { key: "email", label: "Email", type: "email", required: true },
    { key: "first_name", label: "First name", type: "text" },
    { key: "message", label: "Message", type: "textarea", maps_to: "notes" },
  ],
};

/** A lead from a form on a web page: HTML that works without a key and without a script. */
export function ByForm() {
  const [html, setHtml] = useState<string | null>(null);
  const once = useOnce();
  const make = async () => {
    const form = await once(FORM, (key) => makeForm(FORM, key));
    setHtml(snippetOf(form, form.submit_url ?? ""));
  };
  return (
    <section class="card" aria-labelledby="by-form">
      <h2 id="by-form">From a form on your own page</h2>
      <p>Paste this into any page. It needs no script, and no key that a visitor could see.</p>
      {html === null
        ? isAtLeast("admin")
          ? (
            <div class="actions">
              <Action class="primary" run={make}>Make a form</Action>
            </div>
          )
          : <p>An administrator can make the form here.</p>
        : <Copy name="Form" text={html} />}
    </section>
  );
}
