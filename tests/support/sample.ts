/** Values by column. */
export type Row = Record<string, unknown>;

/** A row of a table, without its workspace; its links point to the workspace's own records, by table. */
export type Sample = (workspaceId: string, own: Record<string, string>) => Row;
