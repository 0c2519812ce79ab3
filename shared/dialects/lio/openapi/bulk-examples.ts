const TIME = "2026-06-15T09:14:32.000Z";

/** Answers of imports and exports, by the name of their schema. */
export const BULK_ANSWERS: Readonly<Record<string, unknown>> = {
  ImportJobPage: {
    success: true,
    message: "Import jobs fetched",
    data: [{
      id: 7,
      type: "lead_import",
      status: "completed",
      file_name: "leads.csv",
      total_rows: 30,
      processed_rows: 30,
      created_rows: 24,
      updated_rows: 0,
      skipped_rows: 1,
      failed_rows: 5,
      errors: [{ row: 6, field: "email", message: "Must be an email address." }],
      created_by: 142,
      created_at: TIME,
      waits_until: null,
      started_at: "2026-06-15T09:14:32.500Z",
      finished_at: "2026-06-15T09:14:33.000Z",
    }],
    total: 1,
    page: 1,
    limit: 10,
  },
  ExportPage: {
    success: true,
    message: "Exports fetched",
    data: [{
      id: 4,
      export_type: "leads",
      status: "completed",
      file_name: "leads-4.csv",
      row_count: 1_204,
      created_by: 142,
      created_at: TIME,
      finished_at: "2026-06-15T09:14:34.000Z",
      expires_at: "2026-06-22T09:14:34.000Z",
    }],
    total: 1,
    page: 1,
    limit: 10,
  },
};

/** Bodies that work in any workspace, by the name of their schema less `Body`. */
export const BULK_BODIES: Readonly<Record<string, unknown>> = {
  ImportLeads: {
    file: "email,first_name,plan\njane@acme.com,Jane,Pro\n",
    on_duplicate: "merge",
    tags: "fair, 2026",
  },
  CreateExport: { export_type: "leads", filters: { city: "Berlin", status: [1, 3] } },
};
