import { type Day, DAYS, type Hours, type Interval } from "./booking.ts";

interface HoursProps {
  hours: Hours;
  onChange(hours: Hours): void;
  /** What is wrong with a day. */
  errorOf(day: Day): string | undefined;
}

const FIRST: Interval = ["09:00", "17:00"];

/** When one can be met, by the day of the week. */
export function HoursFields({ hours, onChange, errorOf }: HoursProps) {
  return (
    <fieldset class="booking-week">
      <legend>Working hours</legend>
      {DAYS.map(([day, name]) => (
        <DayFields
          key={day}
          name={name}
          intervals={hours[day]}
          error={errorOf(day)}
          onChange={(intervals) => onChange({ ...hours, [day]: intervals })}
        />
      ))}
    </fieldset>
  );
}

interface DayProps {
  name: string;
  intervals: readonly Interval[];
  error: string | undefined;
  onChange(intervals: readonly Interval[]): void;
}

function DayFields({ name, intervals, error, onChange }: DayProps) {
  const last = intervals.at(-1);
  const further: Interval = last === undefined ? FIRST : [last[1] === "24:00" ? "" : last[1], ""];
  return (
    <div class="field booking-day" role="group" aria-label={name}>
      <span class="booking-name">{name}</span>
      <div class="booking-hours">
        {intervals.length === 0 && <span class="quiet">Not to be met</span>}
        {intervals.map((one, at) => (
          <IntervalFields
            key={at}
            name={name}
            interval={one}
            isWrong={error !== undefined}
            onChange={(next) => onChange(intervals.with(at, next))}
            onRemove={() => onChange(intervals.toSpliced(at, 1))}
          />
        ))}
        {error && <p class="wrong" role="alert">{error}</p>}
      </div>
      <button
        type="button"
        class="plain"
        aria-label={`Add hours on ${name}`}
        onClick={() => onChange([...intervals, further])}
      >
        Add hours
      </button>
    </div>
  );
}

interface IntervalProps {
  name: string;
  interval: Interval;
  isWrong: boolean;
  onChange(interval: Interval): void;
  onRemove(): void;
}

function IntervalFields(
  { name, interval: [from, to], isWrong, onChange, onRemove }: IntervalProps,
) {
  const invalid = isWrong ? { "aria-invalid": true } : {};
  return (
    <div class="booking-interval">
      <input
        {...invalid}
        type="time"
        aria-label={`${name}, from`}
        value={from}
        onInput={(event) => onChange([event.currentTarget.value, to])}
      />
      <span aria-hidden="true">–</span>
      <input
        {...invalid}
        type="time"
        aria-label={`${name}, to`}
        // A clock has no 24:00: what ends at midnight ends there.
        value={to === "24:00" ? "00:00" : to}
        onInput={({ currentTarget: { value } }) =>
          onChange([from, value === "00:00" ? "24:00" : value])}
      />
      <button
        type="button"
        class="plain"
        aria-label={`Remove ${from} to ${to} on ${name}`}
        onClick={onRemove}
      >
        ×
      </button>
    </div>
  );
}
