import { lio } from "../../../api.ts";
import { isAtLeast, session } from "../../../session.ts";
import { choicesOf, forgetKnown, type Known } from "../known.ts";
import type { RecordField } from "../record-form.tsx";
import { Several, type Wanted } from "../several.tsx";

const NOBODY = "nobody";

/** What can be done with the leads that were chosen in the list. */
export function SeveralLeads(
  { ids, known, done }: { ids: readonly number[]; known: Known | undefined; done(): void },
) {
  return (
    <Several
      ids={ids}
      names={["lead", "leads"]}
      changing={{ fields: fieldsBy(known), send: (wanted, key) => change(ids, wanted, key) }}
      consequences={
        <>
          They go for good, with their tags, signals, documents and drafts, and the notes and
          follow-ups that are of no contact. Contacts, deals, meetings, calls and messages stay.
        </>
      }
      done={done}
    />
  );
}

function fieldsBy(known: Known | undefined): readonly RecordField[] {
  const own = String(session.value?.user.number);
  const users = choicesOf(known?.users).filter(([id]) => isAtLeast("member") || id === own);
  return [
    {
      name: "status",
      label: "New status",
      kind: "choice",
      isNumber: true,
      choices: [["", "As it is"], ...choicesOf(known?.statuses)],
    },
    {
      name: "assigned_to",
      label: "Assign to",
      kind: "choice",
      isNumber: true,
      choices: [["", "As it is"], [NOBODY, "Nobody"], ...users],
    },
    { name: "tags", label: "Tag to add" },
  ];
}

async function change(
  ids: readonly number[],
  { status, assigned_to, tags }: Wanted,
  key: string,
): Promise<void> {
  const post = (path: string, body: object) =>
    lio.post(`lead/${path}`, { ids, ...body }, { idempotencyKey: `${key}-${path}` });
  if (status !== undefined) await post("status-change", { status });
  if (assigned_to !== undefined) {
    await post("assign-user", { assigned_to: assigned_to === NOBODY ? null : assigned_to });
  }
  if (tags !== undefined) await post("assign-tags", { tags: [tags] });
  forgetKnown();
}
