import pg from "pg";

/**
 * Lets the numbers of records begin at a million, and those of each kind where no other has any: all have
 * one length, and what is told of two of them can be compared byte by byte.
 */
export async function spreadNumbers(adminUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: adminUrl });
  await owner.connect();
  try {
    await owner.query(
      `select setval(pg_get_serial_sequence(format('crm.%I', table_name), 'number'),
          1000000 + 200000 * (row_number() over (order by table_name) - 1))
        from information_schema.columns
        where table_schema = 'crm' and column_name = 'number' and is_identity = 'YES'`,
    );
  } finally {
    await owner.end();
  }
}
