import { native } from "./api.ts";

/** The ids of a record: LIO knows it by its number, the native API by its UUID. */
export interface RecordIds {
  id: string;
  number: number;
}

/** Both ids of a record, by either; `path` is that of the native API's records. */
export async function recordIds(
  path: string,
  id: string,
  signal: AbortSignal,
): Promise<RecordIds> {
  return (await native.get<{ data: RecordIds }>(`${path}/ids`, { id }, signal)).data;
}
