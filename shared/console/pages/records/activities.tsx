import { native } from "../../api.ts";
import { type Loaded, useLoad } from "../../load.ts";
import { isAtLeast } from "../../session.ts";
import { Long, Short } from "../../ui/text.tsx";
import { Badge, dayText, Time } from "../../ui/values.tsx";
import type { NativePage } from "./answers.ts";
import { NewNote } from "./leads/notes.tsx";
import { Related } from "./related.tsx";

interface Activity {
  id: string;
  type: string;
  title: string | null;
  description: string | null;
  timestamp: string;
}

interface Task {
  id: string;
  title: string;
  status: string;
  priority: string | null;
  due_date: string | null;
}

type Items<T> = { items: readonly T[]; total: number };

/** Loads the newest records of the native API that belong to one, by its id there. */
export function useNative<T>(
  path: string,
  link: "contact_id" | "company_id",
  uuid: string,
): Loaded<Items<T>> {
  return useLoad(async (signal) => {
    const { data } = await native.get<NativePage<T>>(path, { [link]: uuid, per_page: 10 }, signal);
    return { items: data.items, total: data.pagination.total };
  }, [path, link, uuid]);
}

/** What was done with somebody, and a form that adds a note by what links it. */
export function Activities(
  { link, uuid, entity, missing }: {
    link: "contact_id" | "company_id";
    uuid: string;
    /** The email or domain by which the API finds whose note it is; null where there is none. */
    entity: { entity_email: string } | { entity_domain: string } | null;
    /** Why no note can be added without it. */
    missing: string;
  },
) {
  const activities = useNative<Activity>("v1-public-activities-crud", link, uuid);
  const save = (title: string, description: string | null, idempotencyKey: string) =>
    native.post("v1-public-activities", { type: "note", title, description, ...entity }, {
      idempotencyKey,
    });
  const add = entity === null
    ? <p class="quiet">{missing}</p>
    : <NewNote save={save} added={activities.reload} field="description" />;
  return (
    <Related
      title="Notes and activities"
      of={activities}
      empty="Nothing was noted yet."
      keyOf={({ id }) => id}
      add={isAtLeast("rep") && add}
    >
      {({ type, title, description, timestamp }) => (
        <>
          <p>
            <Badge>{type.replace(/_/g, " ")}</Badge> {title && <Short text={title} />}
          </p>
          {description && <Long text={description} />}
          <p class="quiet">
            <Time value={timestamp} />
          </p>
        </>
      )}
    </Related>
  );
}

/** What is to be done for a contact or company. */
export function Tasks({ link, uuid }: { link: "contact_id" | "company_id"; uuid: string }) {
  const tasks = useNative<Task>("v1-public-tasks", link, uuid);
  return (
    <Related title="Tasks" of={tasks} empty="No tasks." keyOf={({ id }) => id}>
      {({ title, status, due_date }) => (
        <>
          <p>
            <Short text={title} /> <Badge>{status.replace(/_/g, " ")}</Badge>
          </p>
          {due_date && <p class="quiet">due {dayText(due_date)}</p>}
        </>
      )}
    </Related>
  );
}
