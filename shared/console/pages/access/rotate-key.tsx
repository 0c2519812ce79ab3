import { useState } from "preact/hooks";
import { native } from "../../api.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { SelectField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { Time } from "../../ui/values.tsx";
import { KeyOnce } from "./key-once.tsx";
import type { Key } from "./types.ts";

interface Rotated {
  data: { key: string; previous_key_expires_at: string };
}

const OVERLAPS = [
  ["0", "No longer: it leaked"],
  ["1", "An hour"],
  ["24", "A day"],
  ["168", "A week"],
  ["720", "30 days"],
] as const;

/** A button that replaces a key, and shows the new one once. */
export function RotateKey({ of: key, done }: { of: Key; done(): void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>Rotate</button>
      {isOpen && (
        <Rotation
          of={key}
          close={(isDone) => {
            setOpen(false);
            if (isDone) done();
          }}
        />
      )}
    </>
  );
}

function Rotation({ of: key, close }: { of: Key; close(isDone: boolean): void }) {
  const [overlap, setOverlap] = useState("24");
  const [once] = useState(() => crypto.randomUUID());
  const [made, setMade] = useState<Rotated["data"] | null>(null);
  const rotate = async () => {
    const { data } = await native.post<Rotated>(
      "v1-public-api-keys/rotate",
      { overlap_hours: Number(overlap) },
      { query: { id: key.id }, idempotencyKey: once },
    );
    setMade(data);
  };
  const end = () => close(made !== null);
  return (
    <Dialog title={`Rotate ${key.name}`} onClose={end}>
      {made === null
        ? (
          <Form
            onSubmit={rotate}
            submit="Make the new key"
            more={<button type="button" onClick={end}>Cancel</button>}
          >
            {() => (
              <>
                <p>A new key with the same rights, addresses and expiry takes its place.</p>
                <SelectField
                  label={`How long ${key.prefix}… goes on working`}
                  value={overlap}
                  onChange={setOverlap}
                  choices={OVERLAPS}
                />
              </>
            )}
          </Form>
        )
        : (
          <>
            <KeyOnce text={made.key} />
            <p>
              The one before works until <Time value={made.previous_key_expires_at} />.
            </p>
            <div class="actions">
              <button type="button" class="primary" onClick={end}>Done</button>
            </div>
          </>
        )}
    </Dialog>
  );
}
