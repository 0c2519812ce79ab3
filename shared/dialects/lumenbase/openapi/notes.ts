/** What the operations on some resources do besides, by action. */
export const NOTES: Record<
  string,
  Partial<Record<"list" | "create" | "update" | "delete", string>>
> = {
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
  connected_accounts: {
    list:
      " Apps are of the workspace, or with `user_id` of a user, as mail accounts are. Secrets are " +
      "never answered; `last_error` tells why an account does not work.",
    create:
      " An app takes the place of the one that its provider had for the same user, or for the " +
      "workspace, with nothing left of it: a `channel` has to be given again, and a dry run tells " +
      "of it as created. The tokens are stored encrypted, and not tried before. What of the access " +
      "is to be renewed needs `refresh_token`, `client_id` and `client_secret`. Users add mail " +
      "accounts through LIO.",
  },
  roles: {
    list:
      " The roles that every workspace has (`is_system`) have the same ids everywhere. A role of " +
      "the workspace's own gives the rights of its `base`. LIO knows each by its `number`.",
    create: " Users get it through LIO's `user/add` and `user/update`, by its `number`.",
    update:
      " Another `base` holds for the users of the role from their next request on. One that " +
      "every workspace has cannot be changed.",
    delete: "A role that users have is deleted only with `replace_with`: the id of the role that " +
      "they get. One that every workspace has cannot be deleted.",
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
