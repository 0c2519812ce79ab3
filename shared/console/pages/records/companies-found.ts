import { ApiError } from "../../api-error.ts";
import { lio, type LioPage } from "../../api.ts";
import type { Company } from "./answers.ts";

const OFFERED = 8;

/** The names of companies that a text may mean. */
export async function companyNames(
  text: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const names = (await found(text, OFFERED, signal)).map(({ company_name }) => company_name);
  return [...new Set(names)];
}

/** The number of the company of a name. Throws ApiError that tells the field when there is none. */
export async function companyNamed(name: string, field: string): Promise<number> {
  const wanted = name.trim().toLowerCase();
  const one = (await found(name.trim(), 100)).find(({ company_name }) =>
    company_name.toLowerCase() === wanted
  );
  if (one !== undefined) return one.id;
  const message = "No company has this name. Choose one that is offered, or add the company first.";
  throw new ApiError(400, "unknown", "The company is not known.", [{ field, message }]);
}

async function found(
  text: string,
  limit: number,
  signal?: AbortSignal,
): Promise<readonly Company[]> {
  const query = { search_value: text.slice(0, 200), limit };
  return (await lio.get<LioPage<Company>>("company/list", query, signal)).data;
}
