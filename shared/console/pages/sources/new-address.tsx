import { useState } from "preact/hooks";
import { Copy } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { SelectField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { newAddress } from "./connectors.ts";

const OVERLAPS = [
  ["86400", "a day"],
  ["3600", "an hour"],
  ["604800", "a week"],
  ["0", "not at all: somebody else has it"],
] as const;

/** A button that gives a connector a new address, which is shown once. */
export function NewAddress({ id }: { id: string }) {
  const [isOpen, setOpen] = useState(false);
  const [overlap, setOverlap] = useState("86400");
  const [url, setUrl] = useState<string | null>(null);
  const close = () => {
    setOpen(false);
    setUrl(null);
  };
  const make = async () => setUrl(await newAddress(id, Number(overlap)));
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>New address</button>
      {isOpen && (
        <Dialog title="A new address" onClose={close}>
          {url === null
            ? (
              <Form submit="Make a new address" onSubmit={make}>
                {() => (
                  <SelectField
                    label="The address before works for"
                    hint="Long enough to paste the new one at the sender."
                    value={overlap}
                    onChange={setOverlap}
                    choices={OVERLAPS}
                  />
                )}
              </Form>
            )
            : (
              <>
                <p>Paste it at the sender. It is shown this once.</p>
                <Copy name="Address" text={url} />
              </>
            )}
        </Dialog>
      )}
    </>
  );
}
