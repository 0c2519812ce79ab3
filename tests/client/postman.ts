import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import converter from "openapi-to-postmanv2";
import { contract } from "../../functions/v1-public-openapi/contract.ts";

type Json = Record<string, unknown>;

interface Item {
  id?: string;
  name: string;
  item?: Item[];
  request?: { url: { query: Parameter[] }; header: Parameter[] };
  response?: unknown[];
}

interface Parameter {
  key: string;
  value: string;
  disabled?: boolean;
}

const COLLECTION_FILE = fileURLToPath(
  new URL("lumenbase.postman_collection.json", import.meta.url),
);
const LOCAL = "http://127.0.0.1:54321/functions/v1";

// Every operation with its example; the key is a variable.
async function postmanCollection(): Promise<string> {
  const collection = await converted();
  const { info, item } = collection as { info: Json; item: Item[] };
  const { _postman_id: _, ...about } = info;
  const variable = [{ key: "baseUrl", value: LOCAL }, { key: "bearerToken", value: "" }];
  return JSON.stringify({ info: about, item: item.map(settled), variable }, null, 1) + "\n";
}

function converted(): Promise<unknown> {
  const options = {
    folderStrategy: "Tags",
    parametersResolution: "Example",
    enableOptionalParameters: false,
  };
  const data = JSON.stringify(contract);
  return new Promise((resolve, reject) => {
    converter.convertV2({ type: "string", data }, options, (error, result) => {
      if (error || !result.result) reject(error ?? new Error(result.reason));
      else resolve(result.output[0]?.data);
    });
  });
}

// The converter makes up ids, sample answers and values of optional parameters anew each time.
function settled({ id: _, ...item }: Item): Item {
  if (item.item) return { ...item, item: item.item.map(settled) };
  const parameters = [...item.request?.url.query ?? [], ...item.request?.header ?? []];
  for (const parameter of parameters) if (parameter.disabled) parameter.value = "";
  return { ...item, response: [] };
}

await writeFile(process.argv[2] ?? COLLECTION_FILE, await postmanCollection());
