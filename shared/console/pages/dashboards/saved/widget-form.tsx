import { useState } from "preact/hooks";
import { besideFields } from "../../../api-error.ts";
import type { Loaded } from "../../../load.ts";
import { newKey } from "../../../once.ts";
import { tell } from "../../../toasts.ts";
import { Dialog } from "../../../ui/dialog.tsx";
import { Failure } from "../../../ui/failure.tsx";
import { SelectField, TextField } from "../../../ui/fields.tsx";
import { Form } from "../../../ui/form.tsx";
import { isChangedSince } from "./changed.ts";
import { draftOf, EMPTY, FIELDS, KEPT, placeOf, queryOf, typesIn } from "./draft.ts";
import { LoadTheirs } from "./load-theirs.tsx";
import { type DraftProps, OwnQuery, type QueryProps } from "./own-query.tsx";
import {
  type BuiltIn,
  changeWidgets,
  CURRENCY,
  currencyOf,
  type Dashboard,
  dashboardNamed,
  type Widget,
  type WidgetType,
} from "./saved.ts";
import { fieldText } from "./sources.ts";

const TYPES: Readonly<Record<WidgetType, string>> = {
  number: "A number",
  bar: "Bars",
  line: "A line",
  pie: "Shares",
  table: "A table",
  funnel: "A funnel",
};

interface WidgetFormProps {
  dashboard: Dashboard;
  /** The figure that is changed; without it one is added. */
  widget?: Widget;
  /** The queries that everybody has. */
  known: Loaded<readonly BuiltIn[]>;
  close(): void;
  done(): void;
}

/** Adds a figure to a dashboard, or changes one. */
export function WidgetForm({ dashboard, widget, known: loaded, close, done }: WidgetFormProps) {
  const known = loaded.data ?? [];
  const [began, setBegan] = useState(widget);
  const [draft, setDraft] = useState(() => widget ? draftOf(widget, known) : EMPTY);
  const [isBehind, setBehind] = useState(false);
  const [newId] = useState(newKey);
  const builtIn = known.find(({ query_id }) => query_id === draft.query_id);
  const types = typesIn(draft, builtIn, began);
  const type = types.includes(draft.type) ? draft.type : types[0] ?? "table";
  const title = draft.title;
  const save = async () => {
    const given = { ...began, id: began?.id ?? newId, type, title, query: queryOf(draft, builtIn) };
    await store(dashboard, given, began).catch((error: unknown) => {
      setBehind(isChangedSince(error));
      throw error;
    });
    tell(`“${title.slice(0, 80)}” was ${began ? "changed" : "added"}.`);
    close();
    done();
  };
  const loadTheirs = async () => {
    const now = await dashboardNamed(dashboard.dashboard_id);
    const theirs = now?.definition.widgets.find(({ id }) => id === began?.id);
    done();
    if (theirs === undefined) {
      tell("The figure was removed.");
      return close();
    }
    setBegan(theirs);
    setDraft(draftOf(theirs, known));
    setBehind(false);
  };
  return (
    <Dialog title={began ? "Change the figure" : "New figure"} onClose={close}>
      <Form
        submit={began ? "Save" : "Add the figure"}
        onSubmit={save}
        fields={FIELDS}
        more={<button type="button" onClick={close}>Cancel</button>}
      >
        {(errorOf) => (
          <>
            {isBehind && <LoadTheirs run={loadTheirs} />}
            {loaded.error && <Failure error={loaded.error} retry={loaded.reload} />}
            <Fields {...{ draft, known, builtIn, types, type, errorOf }} onChange={setDraft} />
          </>
        )}
      </Form>
    </Dialog>
  );
}

async function store(dashboard: Dashboard, given: Widget, began: Widget | undefined) {
  let place = 0;
  try {
    await changeWidgets(dashboard, (all) => {
      place = placeOf(given, began, all);
      return all.toSpliced(place, 1, given);
    });
  } catch (error) {
    throw besideFields(error, FIELDS, `definition.widgets[${place}].`);
  }
}

interface FieldsProps extends QueryProps {
  known: readonly BuiltIn[];
  builtIn: BuiltIn | undefined;
  types: readonly WidgetType[];
  type: WidgetType;
}

function Fields({ draft, known, builtIn, types, type, onChange, errorOf }: FieldsProps) {
  return (
    <>
      <TextField
        label="Title"
        value={draft.title}
        error={errorOf("title")}
        onChange={(title) => onChange({ ...draft, title })}
      />
      <Which draft={draft} known={known} onChange={onChange} />
      {builtIn && <Parameters of={builtIn} draft={draft} onChange={onChange} errorOf={errorOf} />}
      {draft.query_id === "" && <OwnQuery draft={draft} onChange={onChange} errorOf={errorOf} />}
      <SelectField
        label="Shown as"
        value={type}
        error={errorOf("type")}
        onChange={(next) => onChange({ ...draft, type: next as WidgetType })}
        choices={types.map((one) => [one, TYPES[one]] as const)}
      />
    </>
  );
}

function Which({ draft, known, onChange }: DraftProps & { known: readonly BuiltIn[] }) {
  const choose = (query_id: string) => {
    const name = known.find((one) => one.query_id === query_id)?.name ?? "";
    const isTyped = draft.title !== "" && !known.some((one) => one.name === draft.title);
    onChange({ ...draft, query_id, parameters: {}, title: isTyped ? draft.title : name });
  };
  const description = known.find(({ query_id }) => query_id === draft.query_id)?.description;
  const isMoney = description !== undefined && currencyOf({ query_id: draft.query_id }) !== null;
  return (
    <SelectField
      label="What it tells"
      hint={isMoney ? `${description} Of deals in ${CURRENCY} alone.` : description}
      value={draft.query_id}
      onChange={choose}
      choices={[
        ...(draft.kept ? [[KEPT, "What it tells now"] as const] : []),
        ["", "What I choose below"],
        ...known.map(({ query_id, name }) => [query_id, name] as const),
      ]}
    />
  );
}

function Parameters({ of, draft, onChange, errorOf }: QueryProps & { of: BuiltIn }) {
  const error = errorOf("query.parameters");
  return (
    <>
      <div class="columns">
        {of.parameters.map(({ name, type, options, default: usual }) => {
          const value = draft.parameters[name] ?? "";
          const change = (text: string) =>
            onChange({ ...draft, parameters: { ...draft.parameters, [name]: text } });
          const label = `${fieldText(name)} (optional)`;
          if (options === null) {
            const kind = type === "date" || type === "number" ? type : "text";
            return <TextField key={name} {...{ label, value }} type={kind} onChange={change} />;
          }
          return (
            <SelectField
              key={name}
              label={fieldText(name)}
              value={value || (usual ?? "")}
              onChange={change}
              choices={options.map((one) => [one, fieldText(one)] as const)}
            />
          );
        })}
      </div>
      {error && <p class="wrong" role="alert">{error}</p>}
    </>
  );
}
