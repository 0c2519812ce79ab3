import { useState } from "preact/hooks";
import { useOnce } from "../../../once.ts";
import { Copy } from "../../../ui/copy.tsx";
import { TextArea } from "../../../ui/fields.tsx";
import { Form } from "../../../ui/form.tsx";
import { madeKey } from "../../access/make-key.ts";
import type { WebForm } from "./forms.ts";
import { frameOf } from "./snippet.ts";

const LONGEST_NAME = 200;

/** The page that a form has of its own, which a key for forms alone opens. */
export function OwnPage({ form: { name, page_url } }: { form: WebForm }) {
  const [domains, setDomains] = useState("");
  const [made, setMade] = useState<{ link: string; isBound: boolean } | null>(null);
  const once = useOnce();
  const make = async () => {
    const key = await madeKey(
      {
        name: `Page of ${name}`.slice(0, LONGEST_NAME),
        api: "lio",
        scopes: ["web_forms"],
        days: "",
        ips: "",
        domains,
        rate: "",
      },
      Date.now(),
      once,
    );
    setMade({ link: `${page_url}?api_key=${key}`, isBound: domains.trim() !== "" });
  };
  return (
    <section class="card" aria-labelledby="own-page">
      <h2 id="own-page">Or give it a page of its own</h2>
      <p>
        Without a website: send the page’s link to whom you want to hear from, or show it in a
        frame. The link has a new key, which can show and send forms alone.
      </p>
      {made === null
        ? (
          <Form submit="Make the link" onSubmit={make} fields={["allowed_domains"]}>
            {(errorOf) => (
              <TextArea
                label="Only in pages of these domains (optional)"
                hint="One a line, such as acme.com or *.acme.com: then only a frame there shows the form."
                rows={2}
                value={domains}
                error={errorOf("allowed_domains")}
                onChange={setDomains}
              />
            )}
          </Form>
        )
        : (
          <>
            {!made.isBound && <Copy name="Link" text={made.link} />}
            <Copy name="Frame" text={frameOf(name, made.link)} />
            <p class="quiet">
              They are shown this once. Who shall not reach the form any more is stopped by revoking
              the key “Page of {name.slice(0, 80)}” at <a href="#/access">Keys and access</a>.
            </p>
          </>
        )}
    </section>
  );
}
