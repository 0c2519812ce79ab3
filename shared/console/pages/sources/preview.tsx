import { Badge } from "../../ui/values.tsx";
import type { Rehearsal } from "./deliveries.ts";
import { MappedValues } from "./mapped-values.tsx";
import { Notes } from "./notes.tsx";
import type { Tried } from "./use-rehearsal.ts";

const MOST_SHOWN = 5;

const OUTCOMES: Readonly<
  Record<Rehearsal["outcome"], readonly [tone: "plain" | "good" | "bad", text: string]>
> = {
  created: ["good", "Makes a record"],
  updated: ["good", "Changes a record that is there"],
  unchanged: ["good", "Finds a record that has all of it"],
  ignored: ["plain", "Is ignored"],
  test: ["plain", "Is a test of the sender"],
  failed: ["bad", "Fails"],
};

/** What the map as it stands would make of a delivery: nothing is written for it. */
export function Preview({ tried: { events, error } }: { tried: Tried }) {
  return (
    <section class="preview" aria-labelledby="preview">
      <h3 id="preview">What it would become</h3>
      {error && (
        <div role="status">
          <p>
            <Badge tone="bad">Fails</Badge> <span dir="auto">{error.message}</span>
          </p>
          <Notes notes={error.fields} />
        </div>
      )}
      {!error && events === undefined && <p class="quiet" role="status">Trying…</p>}
      {events?.length === 0 && <p role="status">There is no event in it.</p>}
      {events?.slice(0, MOST_SHOWN).map((event, n) => (
        <Event key={n} event={event} isOnly={events.length === 1} />
      ))}
      {events && events.length > MOST_SHOWN && (
        <p class="quiet">And {events.length - MOST_SHOWN} more.</p>
      )}
    </section>
  );
}

function Event({ event, isOnly }: { event: Rehearsal; isOnly: boolean }) {
  const { outcome, reason, mapped, warnings = [], error, index = 0 } = event;
  const [tone, text] = OUTCOMES[outcome];
  return (
    <>
      <p role="status">
        {!isOnly && `${index + 1}. `}
        <Badge tone={tone}>{text}</Badge> <span dir="auto">{reason ?? error?.message}</span>
      </p>
      {error?.fields && <Notes notes={error.fields} />}
      {mapped && <MappedValues values={mapped} />}
      {warnings.length > 0 && (
        <>
          <p>What cannot be read goes to the message:</p>
          <Notes notes={warnings} />
        </>
      )}
    </>
  );
}
