import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { lio } from "../../api.ts";
import { newKey } from "../../once.ts";
import { isAtLeast } from "../../session.ts";
import { tell } from "../../toasts.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { numberText } from "../../ui/values.tsx";
import type { OneAnswer } from "./answers.ts";
import { RecordDialog } from "./record-dialog.tsx";
import type { RecordField, Sent } from "./record-form.tsx";

/** What the chosen records are to have. */
export type Wanted = Readonly<Record<string, string | number>>;

/** How records that were chosen in a list are changed. */
interface Changing {
  fields: readonly RecordField[];
  send(wanted: Wanted, idempotencyKey: string): Promise<void>;
}

interface SeveralProps {
  ids: readonly number[];
  /** `lead`, `leads`. */
  names: readonly [one: string, many: string];
  /** None where the APIs change but one at a time. */
  changing?: Changing;
  /** What is gone, and what stays, once they are deleted. */
  consequences: ComponentChildren;
  done(): void;
}

/** What can be done with the records that were chosen in a list. */
export function Several({ ids, names: [one, many], changing, consequences, done }: SeveralProps) {
  const [isChanging, setChanging] = useState(false);
  const counted = (count: number) => `${numberText(count)} ${count === 1 ? one : many}`;
  const chosen = counted(ids.length);
  const remove = async () => {
    const { data } = await lio.delete<OneAnswer<{ deleted: number }>>(`${one}/delete`, {
      body: { ids },
      idempotencyKey: newKey(),
    });
    tell(`Deleted: ${counted(data.deleted)}.`);
    done();
  };
  return (
    <>
      {changing && <button type="button" onClick={() => setChanging(true)}>Change {chosen}…
      </button>}
      {isAtLeast("member") && (
        <Confirm button={`Delete ${chosen}`} question={`Delete ${chosen}?`} run={remove}>
          <p>{consequences}</p>
        </Confirm>
      )}
      {changing && isChanging && (
        <RecordDialog
          title={`Change ${chosen}`}
          submit="Change"
          fields={changing.fields}
          onClose={() => setChanging(false)}
          write={async (sent, idempotencyKey) => {
            const wanted = wantedOf(sent);
            if (Object.keys(wanted).length === 0) return;
            await changing.send(wanted, idempotencyKey);
            tell(`Changed: ${chosen}.`);
            done();
          }}
        />
      )}
    </>
  );
}

// Of several there is nothing to clear: a blank says as little as none.
function wantedOf(sent: Sent): Wanted {
  const given = Object.entries(sent).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const]
  );
  return Object.fromEntries(given);
}
