import { useState } from "preact/hooks";
import { useOnce } from "../../once.ts";
import { useLoad } from "../../load.ts";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { Loading } from "../../ui/loading.tsx";
import {
  type MadeConnector,
  makeConnector,
  type Preset,
  presets as loadPresets,
  type Target,
} from "./connectors.ts";
import { FIRST_MAP, TARGET_CHOICES } from "./field-names.ts";
import { NO_PROOF, type Proof, ProofFields, verificationOf } from "./proof-fields.tsx";
import { OWN, ProviderChoice } from "./provider-choice.tsx";
import { givenSecrets, SECRET_NAMES, SecretFields, type Secrets } from "./secret-fields.tsx";

/** Makes a connector: for a provider with what it needs, or for another sender. */
export function NewConnector({ onMade }: {
  /** Called with the connector and what it was made from; its `url` is told this once. */
  onMade(connector: MadeConnector, preset: Preset | null): void;
}) {
  const all = useLoad(loadPresets, []);
  const [provider, setProvider] = useState<string | null>(null);
  return (
    <Loading of={all}>
      {(presets) => {
        const preset = presets.find(({ name }) => name === provider) ?? null;
        return (
          <div class="new-connector">
            <ProviderChoice presets={presets} value={provider} onChange={setProvider} />
            {provider !== null && (
              <Details
                key={provider}
                preset={provider === OWN ? null : preset}
                onMade={(made) => onMade(made, preset)}
              />
            )}
          </div>
        );
      }}
    </Loading>
  );
}

function Details(
  { preset, onMade }: { preset: Preset | null; onMade(made: MadeConnector): void },
) {
  const [name, setName] = useState(preset?.title ?? "");
  const [target, setTarget] = useState<Target>("contact");
  const [secrets, setSecrets] = useState<Secrets>({});
  const [proof, setProof] = useState<Proof>(NO_PROOF);
  const once = useOnce();
  const proves = proof.type !== "none";
  const taken = preset?.secrets ?? (proves ? { secret: "required" as const } : {});
  const make = async () => {
    const own = { target, field_map: FIRST_MAP[target], verification: verificationOf(proof) };
    const given = { name, ...(preset ? { preset: preset.name } : own), ...givenSecrets(secrets) };
    onMade(await once(given, (key) => makeConnector(given, key)));
  };
  const fields = ["name", "target", "verification", ...SECRET_NAMES]
    .concat("verification.header", "verification.field", "verification.prefix");
  return (
    <Form submit="Make the source" onSubmit={make} fields={fields}>
      {(errorOf) => (
        <>
          {preset && <p class="quiet">{preset.setup}</p>}
          <TextField
            label="Name"
            hint="What you call it, such as the form's title."
            value={name}
            onChange={setName}
            error={errorOf("name")}
          />
          {preset === null && (
            <>
              <SelectField
                label="What each event becomes"
                value={target}
                onChange={(text) => setTarget(text === "activity" ? "activity" : "contact")}
                choices={TARGET_CHOICES}
                error={errorOf("target")}
              />
              <ProofFields value={proof} onChange={setProof} errorOf={errorOf} />
            </>
          )}
          <SecretFields taken={taken} value={secrets} onChange={setSecrets} errorOf={errorOf} />
        </>
      )}
    </Form>
  );
}
