/** The pages of dashboards. */
export const PARTS = [["/dashboards", "Overview"], ["/dashboards/saved", "Saved"]] as const;
