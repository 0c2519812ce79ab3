import type { Dialect } from "../../http/dialect.ts";
import { STATUSES } from "../../http/statuses.ts";
import { Refusal } from "../../refusals/refusal.ts";

/** What the worker says to who calls it. No key opens it, and nobody is counted. */
export const worker: Dialect<never> = {
  name: "worker",
  methods: ["POST"],
  identify: () => Promise.reject(new Refusal("unauthenticated", "No key opens the worker.")),
  authorize: () => {},
  limits: (nobody) => nobody,
  refuse: ({ kind, message }) => ({
    status: STATUSES[kind],
    code: kind,
    body: JSON.stringify({ error: { code: kind, message } }),
  }),
  limitHeaders: () => ({}),
};
