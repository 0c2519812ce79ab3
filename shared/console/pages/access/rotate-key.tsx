import { useState } from "preact/hooks";
import { native } from "../../api.ts";
import { useOnce } from "../../once.ts";
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

/** A button that replaces a key, and shows the new one once: also when the dialog was closed meanwhile. */
export function RotateKey({ of: key, done }: { of: Key; done(): void }) {
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<Rotated["data"] | null>(null);
  const end = () => {
    setOpen(false);
    if (made === null) return;
    setMade(null);
    done();
  };
  return (
    <>
      <button type="button" aria-label={`Rotate ${key.name}`} onClick={() => setOpen(true)}>
        Rotate
      </button>
      {(isOpen || made !== null) && (
        <Dialog title={`Rotate ${key.name}`} onClose={end}>
          {made === null
            ? <Rotation of={key} made={setMade} end={end} />
            : <New made={made} end={end} />}
        </Dialog>
      )}
    </>
  );
}

interface RotationProps {
  of: Key;
  made(rotated: Rotated["data"]): void;
  end(): void;
}

function Rotation({ of: key, made, end }: RotationProps) {
  const [overlap, setOverlap] = useState("24");
  const once = useOnce();
  const rotate = async () => {
    const body = { overlap_hours: Number(overlap) };
    const query = { id: key.id };
    const { data } = await once(
      body,
      (idempotencyKey) =>
        native.post<Rotated>("v1-public-api-keys/rotate", body, { query, idempotencyKey }),
    );
    made(data);
  };
  return (
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
  );
}

function New({ made, end }: { made: Rotated["data"]; end(): void }) {
  return (
    <>
      <KeyOnce text={made.key} />
      <p>
        The one before works until <Time value={made.previous_key_expires_at} />.
      </p>
      <div class="actions">
        <button type="button" class="primary" onClick={end}>Done</button>
      </div>
    </>
  );
}
