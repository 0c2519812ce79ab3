import { html, raw } from "hono/html";
import { marked } from "marked";
import type { Schema } from "./schemas.ts";

/** Markup, or the promise of it. */
export type Html = ReturnType<typeof html>;

/** The contract's own Markdown as markup. */
export function markdown(text: unknown): Html {
  return raw(marked.parse(String(text ?? ""), { async: false }));
}

/** What values a schema describes, in a line or, for objects, in a table. */
export function values(schema: Schema): Html {
  const { properties, description, allOf } = schema;
  if (Array.isArray(allOf) && (allOf[0] as Schema).properties) {
    const [object, alternatives] = allOf as [Schema, Schema];
    return html`${values(object)}${kinds("At least one of", alternatives.anyOf)}`;
  }
  const text = description ? markdown(description) : "";
  if (typeof properties !== "object" || properties === null) return html`${kind(schema)}${text}`;
  return html`${text}${table(properties as Record<string, Schema>, required(schema))}`;
}

function table(properties: Record<string, Schema>, needed: readonly string[]): Html {
  return html`<div class="wide"><table>
<thead><tr><th scope="col">Field</th><th scope="col">Value</th></tr></thead>
<tbody>${
    Object.entries(properties).map(([name, property]) =>
      html`<tr><th scope="row"><code>${name}</code>${
        needed.includes(name) ? html`<br><small>required</small>` : ""
      }</th><td>${values(property)}</td></tr>`
    )
  }</tbody></table></div>`;
}

/** The kind of a value, on one line. */
export function kind(schema: Schema): Html {
  const { $ref, anyOf, oneOf, allOf, items, type } = schema;
  if (typeof $ref === "string") return reference($ref);
  if (Array.isArray(anyOf) || Array.isArray(oneOf)) return kinds("", anyOf ?? oneOf);
  if (Array.isArray(allOf)) {
    const [first, second] = allOf as [Schema, Schema];
    return second.anyOf
      ? values(schema)
      : html`${kind(first)}, with ${required(second).join(", ")}`;
  }
  if (items) return html`array of ${values(items as Schema)}${limits(schema)}`;
  if (schema.properties) return values(schema);
  const { additionalProperties: others } = schema;
  if (typeof others === "object" && others !== null) {
    return html`object of any names with ${kind(others as Schema)}`;
  }
  if ("const" in schema) return html`<code>${JSON.stringify(schema.const)}</code>`;
  const name = Array.isArray(type) ? type.join(" or ") : String(type ?? "any value");
  const choices = schema.enum;
  return html`${name}${Array.isArray(choices) ? html`: ${list(choices)}` : ""}${limits(schema)}`;
}

function kinds(label: string, alternatives: unknown): Html {
  if (!Array.isArray(alternatives)) return html``;
  if (alternatives.every((one: Schema) => one.$ref || one.type && !one.properties && !one.enum)) {
    const [first, ...others] = alternatives.map((one: Schema) => kind(one));
    return html`${label} ${first}${others.map((one) => html` or ${one}`)}`;
  }
  return html`<p>${label || "One of"}</p><ul class="kinds">${
    alternatives.map((one: Schema) => html`<li>${kind(one)}</li>`)
  }</ul>`;
}

function reference(ref: string): Html {
  const name = ref.split("/").at(-1) ?? "";
  return html`<a href="#schema-${name}">${name}</a>`;
}

function required(schema: Schema): readonly string[] {
  return Array.isArray(schema.required) ? schema.required as string[] : [];
}

const LIMITS: Record<string, string> = {
  format: "format",
  minimum: "from",
  maximum: "to",
  exclusiveMinimum: "above",
  exclusiveMaximum: "below",
  minLength: "characters from",
  maxLength: "characters up to",
  minItems: "items from",
  maxItems: "items up to",
  minProperties: "fields from",
  pattern: "pattern",
  default: "default",
  examples: "such as",
};

function limits(schema: Schema): Html {
  const given = Object.entries(LIMITS).filter(([key]) => key in schema);
  return html`${
    given.map(([key, label]) => {
      const value = schema[key];
      return html`, ${label} ${list(Array.isArray(value) ? value : [value])}`;
    })
  }`;
}

function list(entries: readonly unknown[]): Html {
  return html`${
    entries.map((value, index) =>
      html`${index > 0 ? ", " : ""}<code>${
        typeof value === "string" ? value : JSON.stringify(value)
      }</code>`
    )
  }`;
}
