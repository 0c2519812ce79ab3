/** An API that is served here: its base URL and documents, each below `/functions/v1`. */
interface ServedApi {
  name: string;
  base: string;
  reference: string;
  contract: string;
}

/** What is printed when starting and linked from the front page. */
export const SERVED_APIS: readonly ServedApi[] = [
  {
    name: "Lumenbase",
    base: "",
    reference: "/v1-public-docs",
    contract: "/v1-public-openapi",
  },
  {
    name: "LeadHub",
    base: "/leadhub",
    reference: "/leadhub/docs",
    contract: "/leadhub/openapi.json",
  },
  {
    name: "CRM HTTP API",
    base: "/crm",
    reference: "/crm/docs",
    contract: "/crm/openapi.json",
  },
  {
    name: "LIO",
    base: "/lio",
    reference: "/lio/docs",
    contract: "/lio/openapi.json",
  },
];

const PATHS = new Set(["/", "/functions/v1", "/functions/v1/"]);

/**
 * Says what is served and where its reference is, to a GET or HEAD of `/` or `/functions/v1`: HTML to
 * who asks for it first, as browsers do, JSON to others. Null for every other request.
 */
export function frontPage(request: Request, path: string, base: string): Response | null {
  if (!PATHS.has(path) || !["GET", "HEAD"].includes(request.method)) return null;
  const apis = SERVED_APIS.map((api) => ({
    name: api.name,
    base_url: base + api.base,
    reference: base + api.reference,
    contract: base + api.contract,
  }));
  const headers = { "vary": "accept", "cache-control": "no-cache" };
  return request.headers.get("accept")?.trimStart().startsWith("text/html")
    ? new Response(page(apis, base), {
      headers: { ...headers, "content-type": "text/html; charset=utf-8" },
    })
    : Response.json({ name: "Lumenbase", console: `${base}/console`, apis }, { headers });
}

function page(
  apis: Record<"name" | "base_url" | "reference" | "contract", string>[],
  base: string,
): string {
  const rows = apis.map((api) =>
    `<li><strong>${escaped(api.name)}</strong> at <code>${escaped(api.base_url)}</code>:
<a href="${escaped(api.reference)}">reference</a>,
<a href="${escaped(api.contract)}">OpenAPI</a></li>`
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Lumenbase</title>
<h1>Lumenbase</h1>
<p>A CRM whose APIs are served here:</p>
<ul>
${rows.join("\n")}
</ul>
<p><a href="${escaped(base)}/console">The console</a>, for people.</p>
</html>
`;
}

// The base URL is configured, and may hold what HTML reads as its own.
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
