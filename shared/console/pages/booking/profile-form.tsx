import { useState } from "preact/hooks";
import { useOnce } from "../../once.ts";
import { tell } from "../../toasts.ts";
import { CheckField, SelectField, TextArea, TextField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { changeBooking, DAYS, type Me } from "./booking.ts";
import { changesOf, type Draft, draftOf, savedInto, toldOf } from "./draft.ts";
import { HoursFields } from "./hours-fields.tsx";

const TOOLS = [
  ["none", "None"],
  ["meet", "Google Meet"],
  ["teams", "Microsoft Teams"],
  ["zoom", "Zoom"],
  ["custom", "Another one"],
] as const;

const DAY_FIELDS = DAYS.map(([day]) => `working_hours.${day}`);
const FIELDS = [
  "slug",
  "title",
  "description",
  "location",
  "meeting_tool",
  "durations",
  "slot_interval",
  "buffer_before",
  "buffer_after",
  "min_notice_minutes",
  "max_days_ahead",
  "timezone",
  ...DAY_FIELDS,
];

interface PartProps {
  draft: Draft;
  change(part: Partial<Draft>): void;
  errorOf(field: string): string | undefined;
}

/** How one can be booked: when, for how long and how soon. */
export function ProfileForm({ me: { id, booking }, onSaved }: { me: Me; onSaved(): void }) {
  const [before, setBefore] = useState(booking);
  const [draft, setDraft] = useState(() => draftOf(booking));
  const once = useOnce();
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  const save = async () => {
    const changes = changesOf(draft, before);
    if (Object.keys(changes).length > 0) {
      try {
        const saved = await once(changes, (key) => changeBooking(id, changes, key));
        setBefore(saved);
        setDraft((now) => savedInto(now, draft, saved));
      } catch (error) {
        throw toldOf(error, FIELDS);
      }
      onSaved();
    }
    tell("Your booking page was saved.");
  };
  return (
    <Form submit="Save" onSubmit={save} fields={FIELDS}>
      {(errorOf) => {
        const part = { draft, change, errorOf };
        return (
          <>
            <About {...part} />
            <Times {...part} />
            <HoursFields
              hours={draft.working_hours}
              onChange={(working_hours) => change({ working_hours })}
              errorOf={(day) => errorOf(`working_hours.${day}`)}
            />
          </>
        );
      }}
    </Form>
  );
}

function About({ draft, change, errorOf }: PartProps) {
  return (
    <>
      <CheckField
        label="Visitors may book me"
        checked={draft.enabled}
        onChange={(enabled) => change({ enabled })}
      />
      <TextField
        label="Address of the page"
        hint="The end of its link: small letters, digits and hyphens."
        value={draft.slug}
        error={errorOf("slug")}
        onChange={(slug) => change({ slug })}
      />
      <TextField
        label="What it is called"
        value={draft.title}
        error={errorOf("title")}
        onChange={(title) => change({ title })}
      />
      <TextArea
        label="What visitors should know (optional)"
        rows={3}
        value={draft.description}
        error={errorOf("description")}
        onChange={(description) => change({ description })}
      />
      <div class="columns">
        <TextField
          label="Where (optional)"
          value={draft.location}
          error={errorOf("location")}
          onChange={(location) => change({ location })}
        />
        <SelectField
          label="Video call"
          value={draft.meeting_tool}
          error={errorOf("meeting_tool")}
          onChange={(meeting_tool) => change({ meeting_tool })}
          choices={TOOLS}
        />
      </div>
    </>
  );
}

const MINUTES = [
  ["slot_interval", "Minutes between starts", "As long as the meeting when empty."],
  ["buffer_before", "Minutes kept free before", undefined],
  ["buffer_after", "Minutes kept free after", undefined],
  ["min_notice_minutes", "Minutes of notice at least", undefined],
  ["max_days_ahead", "Days ahead at most", undefined],
] as const;

function Times({ draft, change, errorOf }: PartProps) {
  return (
    <>
      <TextField
        label="Durations"
        hint="Minutes, with commas between; the first is offered first."
        value={draft.durations}
        error={errorOf("durations")}
        onChange={(durations) => change({ durations })}
      />
      <div class="columns">
        {MINUTES.map(([name, label, hint]) => (
          <TextField
            key={name}
            label={label}
            hint={hint}
            type="number"
            value={draft[name]}
            error={errorOf(name)}
            onChange={(value) => change({ [name]: value })}
          />
        ))}
        <TextField
          label="Time zone of the hours"
          list="booking-zones"
          value={draft.timezone}
          error={errorOf("timezone")}
          onChange={(timezone) => change({ timezone })}
        />
      </div>
      <datalist id="booking-zones">
        {Intl.supportedValuesOf("timeZone").map((zone) => <option key={zone} value={zone} />)}
      </datalist>
    </>
  );
}
