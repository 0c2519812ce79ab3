import { useState } from "preact/hooks";
import { besideFields } from "../../../api-error.ts";
import type { Loaded } from "../../../load.ts";
import { newKey } from "../../../once.ts";
import { tell } from "../../../toasts.ts";
import { Dialog } from "../../../ui/dialog.tsx";
import { Failure } from "../../../ui/failure.tsx";
import { SelectField, TextField } from "../../../ui/fields.tsx";
import { Form } from "../../../ui/form.tsx";
import { EMPTY, FIELDS, queryOf, typesOf } from "./draft.ts";
import { type DraftProps, OwnQuery, type QueryProps } from "./own-query.tsx";
import {
  type BuiltIn,
  changeWidgets,
  CURRENCY,
  currencyOf,
  type Dashboard,
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
  /** The queries that everybody has. */
  known: Loaded<readonly BuiltIn[]>;
  close(): void;
  done(): void;
}

/** Adds a figure to a dashboard. */
export function WidgetForm({ dashboard, known: loaded, close, done }: WidgetFormProps) {
  const [draft, setDraft] = useState(EMPTY);
  const [id] = useState(newKey);
  const known = loaded.data ?? [];
  const builtIn = known.find(({ query_id }) => query_id === draft.query_id);
  const types = typesOf(draft, builtIn);
  const type = types.includes(draft.type) ? draft.type : types[0] ?? "table";
  const add = async () => {
    const widget = { id, type, title: draft.title, query: queryOf(draft, builtIn) };
    let place = 0;
    try {
      await changeWidgets(dashboard, (all) => {
        // It is there already when the answer to an earlier try got lost.
        const others = all.filter((one) => one.id !== id);
        place = others.length;
        return [...others, widget];
      });
    } catch (error) {
      throw besideFields(error, FIELDS, `definition.widgets[${place}].`);
    }
    tell(`“${draft.title.slice(0, 80)}” was added.`);
    close();
    done();
  };
  return (
    <Dialog title="New figure" onClose={close}>
      <Form
        submit="Add the figure"
        onSubmit={add}
        fields={FIELDS}
        more={<button type="button" onClick={close}>Cancel</button>}
      >
        {(errorOf) => (
          <>
            <TextField
              label="Title"
              value={draft.title}
              error={errorOf("title")}
              onChange={(title) => setDraft({ ...draft, title })}
            />
            {loaded.error && <Failure error={loaded.error} retry={loaded.reload} />}
            <Which draft={draft} known={known} onChange={setDraft} />
            {builtIn
              ? <Parameters of={builtIn} draft={draft} onChange={setDraft} errorOf={errorOf} />
              : <OwnQuery draft={draft} onChange={setDraft} errorOf={errorOf} />}
            <SelectField
              label="Shown as"
              value={type}
              error={errorOf("type")}
              onChange={(next) => setDraft({ ...draft, type: next as WidgetType })}
              choices={types.map((one) => [one, TYPES[one]] as const)}
            />
          </>
        )}
      </Form>
    </Dialog>
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
