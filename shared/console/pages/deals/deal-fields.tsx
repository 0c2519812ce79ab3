import { SelectField, TextField } from "../../ui/fields.tsx";
import type { Draft } from "./deal-form.ts";
import type { Pipeline, User } from "./deals.ts";
import { LinkField } from "./link-field.tsx";

interface DealFieldsProps {
  draft: Draft;
  onChange(change: Partial<Draft>): void;
  pipelines: readonly Pipeline[];
  users: readonly User[];
  errorOf(field: string): string | undefined;
}

/** The fields of a deal's form. */
export function DealFields(props: DealFieldsProps) {
  const { draft, onChange, users, errorOf } = props;
  const text = (name: "title" | "value" | "currency" | "expected_close_date" | "probability") => ({
    value: draft[name],
    onChange: (value: string) => onChange({ [name]: value }),
    error: errorOf(name),
  });
  return (
    <>
      <TextField label="Title" {...text("title")} />
      <div class="columns deals-narrow">
        <TextField label="Value" {...text("value")} placeholder="1200.50" />
        <TextField label="Currency" {...text("currency")} hint="Three letters, such as EUR" />
      </div>
      <Place {...props} />
      <div class="columns deals-narrow">
        <TextField label="Expected to close" type="date" {...text("expected_close_date")} />
        <TextField
          label="Probability in percent"
          {...text("probability")}
          hint="Empty: that of its stage"
        />
      </div>
      <SelectField
        label="Assigned to"
        value={draft.assigned_to}
        onChange={(id) => onChange({ assigned_to: id })}
        choices={[["", "Nobody"], ...users.map(({ id, name }) => [id, name] as const)]}
        error={errorOf("assigned_to")}
      />
      <LinkField
        label="Company"
        kind="company"
        value={draft.company_id}
        onChange={(id) => onChange({ company_id: id })}
        error={errorOf("company_id")}
      />
      <LinkField
        label="Contact"
        kind="contact"
        value={draft.contact_id}
        onChange={(id) => onChange({ contact_id: id })}
        error={errorOf("contact_id")}
      />
    </>
  );
}

function Place({ draft, onChange, pipelines, errorOf }: DealFieldsProps) {
  const stages = pipelines.find(({ id }) => id === draft.pipeline_id)?.stages ?? [];
  const known = stages.map(({ name }) => [name, name] as const);
  const isKnown = draft.stage === "" || stages.some(({ name }) => name === draft.stage);
  const toPipeline = (id: string) => {
    const first = pipelines.find((one) => one.id === id)?.stages[0]?.name ?? "";
    onChange({ pipeline_id: id, stage: first });
  };
  return (
    <div class="columns deals-narrow">
      <SelectField
        label="Pipeline"
        value={draft.pipeline_id}
        onChange={toPipeline}
        choices={pipelines.map(({ id, name }) => [id, name] as const)}
        error={errorOf("pipeline_id")}
      />
      <SelectField
        label="Stage"
        value={draft.stage}
        onChange={(stage) => onChange({ stage })}
        choices={isKnown ? known : [[draft.stage, draft.stage], ...known]}
        error={errorOf("stage")}
      />
    </div>
  );
}
