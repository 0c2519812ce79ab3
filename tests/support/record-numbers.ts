import pg from "pg";

/**
 * Lets the numbers of all records begin at a million: those of one kind then have one length, and what
 * is told of two of them can be compared byte by byte.
 */
export async function beginAtAMillion(adminUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: adminUrl });
  await owner.connect();
  try {
    await owner.query(
      `select setval(pg_get_serial_sequence(format('crm.%I', table_name), 'number'), 1000000)
        from information_schema.columns
        where table_schema = 'crm' and column_name = 'number' and is_identity = 'YES'`,
    );
  } finally {
    await owner.end();
  }
}
