import { SelectField, TextField } from "../../ui/fields.tsx";
import type { Verification } from "./connectors.ts";

/** What is asked of how a sender of one's own proves itself. */
export interface Proof {
  type: Verification["type"];
  header: string;
  field: string;
  encoding: "hex" | "base64";
  prefix: string;
}

export const NO_PROOF: Proof = {
  type: "none",
  header: "",
  field: "",
  encoding: "hex",
  prefix: "",
};

const TYPES = [
  ["none", "The address alone"],
  ["header", "A header that equals the secret"],
  ["signature", "A signature of the body (HMAC-SHA256)"],
  ["basic", "HTTP Basic: user and password"],
  ["body", "A field of the body that equals the secret"],
] as const satisfies readonly (readonly [Verification["type"], string])[];

const ENCODINGS = [["hex", "Hexadecimal"], ["base64", "Base64"]] as const;

/** Asks how the sender proves itself. */
export function ProofFields({ value, onChange, errorOf }: {
  value: Proof;
  onChange(value: Proof): void;
  errorOf(field: string): string | undefined;
}) {
  const set = (change: Partial<Proof>) => onChange({ ...value, ...change });
  const { type } = value;
  return (
    <>
      <SelectField
        label="How the sender proves itself"
        value={type}
        onChange={(text) => set({ type: TYPES.find(([one]) => one === text)?.[0] ?? "none" })}
        choices={TYPES}
        error={errorOf("verification")}
      />
      {(type === "header" || type === "signature") && (
        <TextField
          label="Header"
          placeholder={type === "header" ? "X-Secret" : "X-Signature"}
          value={value.header}
          onChange={(header) => set({ header })}
          error={errorOf("verification.header")}
        />
      )}
      {type === "signature" && (
        <>
          <SelectField
            label="The signature is written as"
            value={value.encoding}
            onChange={(text) => set({ encoding: text === "base64" ? "base64" : "hex" })}
            choices={ENCODINGS}
          />
          <TextField
            label="Text before the signature (optional)"
            placeholder="sha256="
            value={value.prefix}
            onChange={(prefix) => set({ prefix })}
            error={errorOf("verification.prefix")}
          />
        </>
      )}
      {type === "body" && (
        <TextField
          label="Field of the body"
          value={value.field}
          onChange={(field) => set({ field })}
          error={errorOf("verification.field")}
        />
      )}
    </>
  );
}

/** The proof as the API takes it. */
export function verificationOf({ type, header, field, encoding, prefix }: Proof): Verification {
  if (type === "header") return { type, header };
  if (type === "body") return { type, field };
  if (type === "signature") return { type, header, encoding, prefix };
  return { type };
}

/** How a sender proves itself, in words. */
export function proofText({ type, header, field }: Verification): string {
  if (type === "header") return `the header ${header ?? ""}`;
  if (type === "signature") return `a signature in ${header ?? "a header"}`;
  if (type === "body") return `the field ${field ?? ""} of the body`;
  return type === "basic" ? "HTTP Basic" : "its address alone";
}

/** What is asked of a proof that is kept. */
export function proofOf(kept: Verification): Proof {
  const { type, header = "", field = "", encoding = "hex", prefix = "" } = kept;
  return { type, header, field, encoding, prefix };
}
