import { type FieldError, InvalidInput } from "../refusals/errors.ts";
import { type FormField, isLeadField, namesSomebody, NAMING } from "./form-fields.ts";
import { textOf, valueCheck } from "./form-values.ts";
import { intakeChecks, Leftovers, readValue, saysNothing } from "./lead-intake.ts";
import type { Fields } from "./plan.ts";
import { keepable } from "./values/custom-fields.ts";

type Why = Omit<FieldError, "field">;

/** Where what was submitted by a form goes, one value after another. */
export class FormReading {
  readonly #exact: readonly FormField["type"][];
  readonly #left = new Leftovers();
  readonly #lead: Fields = {};
  readonly #custom = new Map<string, unknown>();
  readonly #refused: FieldError[] = [];
  /** Fields that would have named somebody, but are wrong. */
  readonly #unnamed: FieldError[] = [];

  /** Wrong values of the types in `exact` are refused, also where the field is not required. */
  constructor(exact: readonly FormField["type"][] = []) {
    this.#exact = exact;
  }

  get warnings(): readonly FieldError[] {
    return this.#left.warnings;
  }

  /** Takes what was filled in for a field. */
  take(field: FormField, value: unknown): void {
    if (saysNothing(value) || Array.isArray(value) && value.length === 0) {
      if (field.required) this.#refuse(field, { message: "Is required.", rule: "required" });
      return;
    }
    const read = readValue(valueCheck(field), value);
    if (!("value" in read)) return this.#wrong(field, value, read);
    if (field.required && read.value === false) {
      return this.#refuse(field, { message: "Must be checked." });
    }
    if (isLeadField(field.maps_to)) this.#fill(field, value, textOf(read.value));
    else this.#fillCustom(field, read.value);
  }

  /** Keeps what no field of the form takes as it is. */
  keep({ key }: Pick<FormField, "key">, value: unknown, why: Why): void {
    this.#left.keep(key, value, { field: key, ...why });
  }

  /** The fields of the lead. Throws InvalidInput. */
  lead(): Fields {
    const isNamed = NAMING.some((name) => this.#lead[name] !== undefined);
    const refused = [...this.#refused, ...isNamed ? [] : this.#unnamed];
    if (refused.length > 0) throw new InvalidInput(refused);
    return { ...this.#lead, custom_fields: this.#left.with(Object.fromEntries(this.#custom)) };
  }

  #fill(field: FormField, sent: unknown, text: string): void {
    const { maps_to } = field;
    if (!isLeadField(maps_to)) return;
    const before = this.#lead[maps_to];
    if (before !== undefined && maps_to !== "notes") {
      return this.keep(field, sent, filledBefore(maps_to));
    }
    const all = before === undefined ? text : `${before}\n\n${text}`;
    const read = readValue(intakeChecks()[maps_to], all);
    if ("value" in read) this.#lead[maps_to] = read.value;
    else this.#wrong(field, sent, read);
  }

  #fillCustom(field: FormField, value: unknown): void {
    const { key, maps_to } = field;
    const name = maps_to.replace(/^custom_fields\./, "");
    if (this.#custom.has(name)) return this.keep(field, value, filledBefore(maps_to));
    const { kept, mistake: message } = keepable(name, value);
    if (message !== undefined) this.#left.warnings.push({ field: key, message });
    if (kept !== undefined) this.#custom.set(name, kept);
  }

  #wrong(field: FormField, value: unknown, why: Why): void {
    if (field.required || this.#exact.includes(field.type)) return this.#refuse(field, why);
    if (namesSomebody(field)) this.#unnamed.push({ field: field.key, ...why });
    this.keep(field, value, why);
  }

  #refuse({ key }: FormField, why: Why): void {
    this.#refused.push({ field: key, ...why });
  }
}

function filledBefore(target: string): Why {
  return { message: `Another field of the form filled ${target} before.` };
}
