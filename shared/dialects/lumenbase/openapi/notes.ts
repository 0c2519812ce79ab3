/** What the operations on some resources do besides, by action. */
export const NOTES: Record<string, Partial<Record<"list" | "create" | "update", string>>> = {
  connectors: {
    create:
      " What a `preset` gives need not be given. `token` and `url`, the address to paste at " +
      "the sender, are answered this once; secrets are never answered.",
    update: " A `field_map`, `matching`, `defaults` or `verification` replaces the one before.",
  },
  api_keys: {
    list: " Keys are of all the APIs; `prefix` is the part of one that may be shown.",
    create:
      " `key` is answered this once: only its hash is stored. `rate_limit` is for keys of an " +
      "API that has a limit for each, `allowed_domains` for keys of LIO. A key with `admin` can so " +
      "make any other, which lives on without it.",
  },
  contact_merges: {
    list: " `actor` says who merged them; `undone_by` and `undone_at`, who undid it when.",
  },
  connector_deliveries: {
    list:
      " Deliveries are kept for 30 days. Only the one of `id` has `body`, as it was received, " +
      "and `looked_up`.",
  },
  pipelines: {
    list:
      " Only the one of `id` has `totals`: how many deals are at each stage, and what they are " +
      "worth, by currency. Stages without deals have none.",
  },
};
