import { parse } from "lossless-json";
import type { UserRole } from "../db/claims.ts";
import { exportCompleted, keysFound, nextPiece, writtenUntil } from "../crm/exports.ts";
import { type StoredExport, storedExport } from "../crm/exports.ts";
import { type Chosen, keysOf, pieceOf, type PieceRow } from "../crm/lists/pieces.ts";
import type { View } from "../crm/views/view.ts";
import { type Sql, sql, statement } from "../db/sql.ts";
import type { Transaction } from "../db/transaction.ts";
import { rowOf, rowsOf } from "../db/wire/rows.ts";
import type { Workspace } from "../db/workspace.ts";
import { pieceInsertion, sizing } from "../files/store.ts";
import { type Cell, csvLines } from "../formats/csv-lines.ts";
import { GiveUp, type Work } from "../jobs/work.ts";

/** A column of an export: its name, and what stands in it of a record. */
export interface ExportColumn {
  name: string;
  cell(record: Record<string, unknown>): Cell;
}

/** Which records are exported, and how they are written. */
export interface Exported extends Chosen {
  view: View;
  columns: readonly ExportColumn[];
  /** The column of objects whose keys are columns, too, if there are such. */
  keyed?: string;
  /** The column of a key. */
  keyColumn(key: string): ExportColumn;
}

/** Who asked for an export, as whom its records are read. */
export interface Asker {
  workspace: Workspace;
  userId: string;
  number: number;
  email: string;
  role: UserRole;
}

const RETRY_AFTER = [1, 5, 30, 300, 1_800];
/** Records whose keys a piece of work looks for. */
const MOST_LOOKED = 20_000;
/** Records, bytes of them and cells that a piece of work writes. */
const MOST = 1_000;
const BYTES = 1_000_000;
const CELLS = 200_000;
/** Bytes that the store takes at once. */
const PIECE = 1024 * 1024;

/**
 * The work of jobs that write a piece of an export, `{export_id}`, as who asked for it sees the records. Each
 * ends in one transaction with what it wrote, so that a piece is written once.
 */
export function exportWork(
  exportedBy: (stored: StoredExport, asker: Asker) => Promise<Exported>,
): Work {
  return {
    retryAfter: RETRY_AFTER,
    async run({ payload }, { workspace, asUser, done }) {
      const [rows] = await workspace.read([statement(storedExport(String(payload.export_id)))]);
      const [stored] = rowsOf<StoredExport>(rows);
      if (stored === undefined || ["completed", "failed"].includes(stored.status)) return;
      const asker = askerOf(stored, asUser);
      const exported = await exportedBy(stored, asker);
      await asker.workspace.transact(async (transaction) => {
        const step = stored.looked_at !== null
          ? await lookedAt(transaction, stored, exported)
          : await piece(transaction, stored, exported);
        await transaction.run([...step.map(statement), done]);
      });
    },
  };
}

function askerOf(
  { user_id, user_number, email, role }: StoredExport,
  asUser: (id: string, role: UserRole) => Workspace,
): Asker {
  if (user_id === null || user_number === null || email === null || role === null) {
    throw new GiveUp("Who asked for it is no user any more.");
  }
  const known = role as UserRole;
  const workspace = asUser(user_id, known);
  return { workspace, userId: user_id, number: user_number, email, role: known };
}

// Which columns there are has to be known before the first line.
async function lookedAt(
  transaction: Transaction,
  { id, looked_at }: StoredExport,
  { view, keyed = "", ...chosen }: Exported,
): Promise<Sql[]> {
  const query = keysOf(view, keyed, chosen, looked_at ?? "0", MOST_LOOKED);
  const [rows] = await transaction.run([statement(query)]);
  const { keys, last, found } = rowOf<{ keys: string[]; last: string | null; found: number }>(rows);
  return [keysFound(id, keys, found < MOST_LOOKED ? null : last), nextPiece(sql`${id}`)];
}

async function piece(
  transaction: Transaction,
  stored: StoredExport,
  { view, columns: own, keyColumn, ...chosen }: Exported,
): Promise<Sql[]> {
  const columns = [...own, ...stored.custom_keys.map(keyColumn)];
  const most = Math.max(1, Math.min(MOST, Math.floor(CELLS / columns.length)));
  const query = pieceOf(view, chosen, stored.written, { most, bytes: BYTES });
  const [answered] = await transaction.run([statement(query)]);
  const rows = rowsOf<PieceRow>(answered);
  const lines = rows.map(({ record }) => {
    const values = parse(record) as Record<string, unknown>;
    return columns.map(({ cell }) => cell(values));
  });
  const header = stored.bytes_id === null ? [columns.map(({ name }) => name)] : [];
  const content = new TextEncoder().encode(csvLines([...header, ...lines]));
  const isLast = rows.length < most && rows.length === (rows[0]?.found ?? 0);
  return await written(transaction, stored, { content, rows, isLast });
}

interface Piece {
  content: Uint8Array;
  rows: readonly PieceRow[];
  isLast: boolean;
}

async function written(
  transaction: Transaction,
  { id, bytes_id, pieces, size: before, row_count, written: from }: StoredExport,
  { content, rows, isLast }: Piece,
): Promise<Sql[]> {
  const bytesId = bytes_id ?? await begun(transaction);
  const parts = Array.from(
    { length: Math.ceil(content.byteLength / PIECE) },
    (_, n) => content.subarray(n * PIECE, (n + 1) * PIECE),
  );
  const size = Number(before) + content.byteLength;
  const progress = {
    bytesId,
    pieces: pieces + parts.length,
    size,
    rows: row_count + rows.length,
    last: rows.at(-1)?.number ?? from,
  };
  return [
    ...parts.map((part, n) => pieceInsertion(bytesId, pieces + n, part)),
    writtenUntil(id, progress),
    ...isLast
      ? [sizing(bytesId, size), sql`select app.keep_bytes(${bytesId}::uuid)`, exportCompleted(id)]
      : [nextPiece(sql`${id}`)],
  ];
}

async function begun(transaction: Transaction): Promise<string> {
  const [rows] = await transaction.run([
    statement(sql`insert into crm.stored_bytes default values returning id`),
  ]);
  return rowOf<{ id: string }>(rows).id;
}
