const TIME = "2026-06-15T09:14:32.000Z";

/** Answers of exports, by the name of their schema. */
export const BULK_ANSWERS: Readonly<Record<string, unknown>> = {
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
  CreateExport: { export_type: "leads", filters: { city: "Berlin", status: [1, 3] } },
};
