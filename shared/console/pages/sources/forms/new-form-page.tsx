import { useState } from "preact/hooks";
import { useOnce } from "../../../once.ts";
import { go } from "../../../router.ts";
import { tell } from "../../../toasts.ts";
import { CheckField, TextField } from "../../../ui/fields.tsx";
import { Form } from "../../../ui/form.tsx";
import { Page } from "../../../ui/page.tsx";
import { makeForm } from "./forms.ts";

/** What a form can ask beside the email, which tells whose lead it is. */
const QUESTIONS = [
  { key: "first_name", label: "First name", type: "text" },
  { key: "last_name", label: "Last name", type: "text" },
  { key: "phone", label: "Phone", type: "phone" },
  { key: "company", label: "Company", type: "text" },
  { key: "message", label: "Message", type: "textarea", maps_to: "notes" },
] as const;

const EMAIL = { key: "email", label: "Email", type: "email", required: true };
const TRAP = "website_2";

/** Makes a form that any page can post. */
export function NewFormPage() {
  const [name, setName] = useState("Contact us");
  const [asked, setAsked] = useState<readonly string[]>(["first_name", "message"]);
  const [redirect, setRedirect] = useState("");
  const once = useOnce();
  const make = async () => {
    const given = {
      name,
      public: true,
      honeypot_field: TRAP,
      fields: [EMAIL, ...QUESTIONS.filter((one) => asked.includes(one.key))],
      ...(redirect === "" ? {} : { redirect_url: redirect }),
    };
    const form = await once(given, (key) => makeForm(given, key));
    tell(`${form.name} was made.`);
    go(`/sources/forms/${form.id}`);
  };
  return (
    <Page title="New form" actions={<a class="button" href="#/sources">All sources</a>}>
      <div class="new-connector">
        <Form submit="Make the form" onSubmit={make} fields={["name", "redirect_url"]}>
          {(errorOf) => (
            <>
              <TextField label="Name" value={name} onChange={setName} error={errorOf("name")} />
              <fieldset>
                <legend>What it asks, beside the email</legend>
                {QUESTIONS.map((one) => (
                  <CheckField
                    key={one.key}
                    label={one.label}
                    checked={asked.includes(one.key)}
                    onChange={(isAsked) =>
                      setAsked(
                        isAsked ? [...asked, one.key] : asked.filter((other) => other !== one.key),
                      )}
                  />
                ))}
              </fieldset>
              <TextField
                label="Where visitors go afterwards (optional)"
                hint="The address of a page of yours that says thanks."
                type="url"
                placeholder="https://example.com/thanks"
                value={redirect}
                onChange={setRedirect}
                error={errorOf("redirect_url")}
              />
            </>
          )}
        </Form>
      </div>
    </Page>
  );
}
