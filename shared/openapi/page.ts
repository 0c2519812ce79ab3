import { html, raw } from "hono/html";
import { type Contract, type OperationObject, operationSection } from "./page-operation.ts";
import { type Html, kind, markdown, values } from "./page-schema.ts";
import { STYLE } from "./page-style.ts";
import type { Schema } from "./schemas.ts";

/** What the page shows besides the contract's own words. */
export interface PageOptions {
  /** The contract's path below the address of the functions. */
  contract: string;
  /** The one property of an answer that is shown, where all answers have the others. */
  payload?: string;
}

/** The contract as one HTML page without scripts: it reads the same offline and in print. */
export async function referencePage(document: Schema, where: PageOptions): Promise<string> {
  const contract = document as Contract;
  const address = `${contract.servers[0]?.url}/${where.contract}`;
  const { title, version, description } = contract.info;
  // A host may show the page as text: its first lines then say where the contract is.
  const page = await html`<!doctype html>
<!-- The ${title} API reference, as HTML. The contract itself, in OpenAPI 3.1, is at
     ${address} -->
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} API reference</title>
<link rel="icon" href="data:,">
<style>${raw(STYLE)}</style>
</head>
<body>
${navigation(contract)}
<main id="content">
<h1>${title} API reference</h1>
<p>Version ${version}. The contract, in OpenAPI 3.1: <a href="${address}">${address}</a></p>
${markdown(description)}
${contract.tags.map((tag) => tagSection(contract, tag, where.payload))}
${componentSections(contract)}
</main>
</body>
</html>
`;
  return String(page);
}

function operationsOf(contract: Contract, tag: string): [string, string, OperationObject][] {
  return Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods).filter(([, operation]) => operation.tags.includes(tag))
      .map(([method, operation]): [string, string, OperationObject] => [path, method, operation])
  );
}

function navigation(contract: Contract): Html {
  return html`<a class="skip" href="#content">To the content</a>
<nav aria-label="Operations"><p>Operations</p>
${
    contract.tags.map(({ name }) =>
      html`<details open><summary>${name}</summary><ul>${
        operationsOf(contract, name).map(([, , { operationId, summary }]) =>
          html`<li><a href="#${operationId}">${summary}</a></li>`
        )
      }</ul></details>`
    )
  }
<p><a href="#headers">Headers</a></p><p><a href="#schemas">Schemas</a></p></nav>`;
}

function tagSection(
  contract: Contract,
  { name, description }: Contract["tags"][number],
  payload: string | undefined,
): Html {
  return html`<h2 id="tag-${name.replaceAll(" ", "-")}">${name}</h2><p>${description}</p>
${
    operationsOf(contract, name).map(([path, method, operation]) =>
      operationSection(contract, path, method, { operation, payload })
    )
  }`;
}

function componentSections({ components }: Contract): Html {
  const headers = Object.entries(components.headers);
  return html`<h2 id="headers">Headers of answers</h2>
<div class="wide"><table><thead><tr><th scope="col">Name</th><th scope="col">Meaning</th></tr></thead>
<tbody>${
    headers.map(([name, header]) =>
      html`<tr><th scope="row" id="header-${name}"><code>${name}</code></th><td>${
        markdown(header.description)
      }${kind(header.schema as Schema)}</td></tr>`
    )
  }</tbody></table></div>
<h2 id="schemas">Schemas</h2>
${
    Object.entries(components.schemas).map(([name, schema]) =>
      html`<h3 id="schema-${name}">${name}</h3>${values(schema)}`
    )
  }`;
}
