import { html } from "hono/html";
import { type Html, kind, markdown, values } from "./page-schema.ts";
import type { Schema } from "./schemas.ts";

/** The parts of a contract that the page shows. */
export interface Contract extends Schema {
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, OperationObject>>;
  components: Record<"schemas" | "parameters" | "responses" | "headers", Record<string, Schema>>;
}

/** One operation of a contract. */
export interface OperationObject {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  parameters: Schema[];
  requestBody?: Body;
  responses: Record<string, Response>;
}

interface Body extends Schema {
  description: string;
  content?: Record<string, Content>;
}

interface Content {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}

interface Response extends Body {
  $ref?: string;
  headers?: Record<string, unknown>;
}

/** An operation with all that it takes and answers. */
export function operationSection(
  contract: Contract,
  path: string,
  method: string,
  { operation, payload }: { operation: OperationObject; payload: string | undefined },
): Html {
  const { operationId, summary, description, requestBody } = operation;
  const server = contract.servers[0]?.url ?? "";
  return html`<section aria-labelledby="${operationId}">
<h3 id="${operationId}">${summary} <a class="dim" href="#${operationId}"
  aria-label="Link to ${summary}">#</a></h3>
<p class="route"><code><span class="method">${method.toUpperCase()}</span> ${server}${path}</code></p>
${markdown(description)}
${parameterTable(contract, operation.parameters)}
${
    requestBody
      ? html`<h4>Body</h4>${markdown(requestBody.description)}${body(contract, requestBody)}`
      : ""
  }
${answerTable(contract, operation.responses, payload)}
</section>`;
}

function parameterTable(contract: Contract, given: readonly Schema[]): Html {
  const parameters = given.map((one) => resolved(contract, one));
  return html`<div class="wide"><table><caption>Parameters</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Meaning</th></tr></thead><tbody>${
    parameters.map((one) =>
      html`<tr><th scope="row"><code>${one.name}</code><br><small>${one.in}${
        one.required ? ", required" : ""
      }</small></th><td>${markdown(one.description)}${kind(one.schema as Schema)}</td></tr>`
    )
  }</tbody></table></div>`;
}

function answerTable(
  contract: Contract,
  responses: Record<string, Response>,
  payload: string | undefined,
): Html {
  return html`<div class="wide"><table><caption>Answers</caption>
<thead><tr><th scope="col">Status</th><th scope="col">Answer</th></tr></thead><tbody>${
    Object.entries(responses).map(([status, given]) => {
      const response = resolved(contract, given);
      const headers = Object.keys(response.headers ?? {});
      return html`<tr><th scope="row">${status}</th><td>${markdown(response.description)}${
        body(contract, response, payload)
      }<p><small>Headers: ${
        headers.map((name, index) => html`${index > 0 ? ", " : ""}${headerName(contract, name)}`)
      }</small></p></td></tr>`;
    })
  }</tbody></table></div>`;
}

function headerName({ components }: Contract, name: string): Html | string {
  return name in components.headers ? html`<a href="#header-${name}">${name}</a>` : name;
}

function body(contract: Contract, { content = {} }: Body, payload = ""): Html {
  return html`${
    Object.entries(content).map(([type, { schema, example, examples = {} }]) => {
      const { [payload]: data } = (schema.properties ?? {}) as Record<string, Schema>;
      const shown = [
        ...example === undefined ? [] : [example],
        ...Object.values(examples).map(
          ({ value }) => value,
        ),
      ];
      const label = type === "application/json" ? "" : html`<code>${type}</code>: `;
      return html`<p>${label}${
        data ? html`<code>${payload}</code>: ${kind(data)}` : values(resolved(contract, schema))
      }</p>${
        shown.map((one) =>
          html`<pre tabindex="0"><code>${JSON.stringify(one, null, 2)}</code></pre>`
        )
      }`;
    })
  }`;
}

function resolved<T extends Schema>({ components }: Contract, schema: T): T {
  const [, , kindOf = "", name = ""] = String(schema.$ref ?? "").split("/");
  const found = components[kindOf as keyof Contract["components"]]?.[name];
  return found === undefined ? schema : found as T;
}
