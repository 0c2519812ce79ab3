import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { type TestWorkspace, testWorkspace } from "./workspace.ts";

const PATH = "v1-public-deals";
const MOST = 100;

/** A workspace with deals, made and read through the native API. */
export interface DealsWorld {
  workspace: TestWorkspace;
  /** Makes a deal, and tells its id. */
  deal(fields: object): Promise<string>;
  /** Makes many deals, and tells their ids. */
  deals(all: readonly object[]): Promise<string[]>;
  /** The stage that a deal is stored at. */
  stageOf(id: string): Promise<string>;
}

/** A workspace whose deals a test makes. */
export async function dealsWorld(): Promise<DealsWorld> {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const deals = async (all: readonly object[]): Promise<string[]> => {
    if (all.length === 0) return [];
    const { status, body, text } = await api.post(`${PATH}-batch`, {
      items: all.slice(0, MOST).map((data) => ({ data })),
    });
    expect(status, text).toBe(201);
    const ids = body.data.results.map(({ id }: { id: string }) => id);
    return [...ids, ...await deals(all.slice(MOST))];
  };
  return {
    workspace,
    deals,
    deal: async (fields) => String((await deals([fields]))[0]),
    stageOf: async (id) => (await api.get(`${PATH}?id=${id}`)).body.data.stage,
  };
}

/** A stage on the board. */
export function lane(page: Page, name: string): Locator {
  return page.getByRole("region", { name, exact: true });
}
