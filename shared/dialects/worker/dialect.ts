import type { Dialect } from "../../http/dialect.ts";
import { type Kind, Refusal } from "../../refusals/refusal.ts";

const STATUS: Readonly<Record<Kind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  key_reused: 409,
  too_large: 413,
  unsupported_type: 415,
  limited: 429,
  failed: 500,
  unavailable: 503,
};

/** What the worker says to who calls it. No key opens it, and nobody is counted. */
export const worker: Dialect<never> = {
  name: "worker",
  methods: ["POST"],
  identify: () => Promise.reject(new Refusal("unauthenticated", "No key opens the worker.")),
  authorize: () => {},
  limits: (nobody) => nobody,
  refuse: ({ kind, message }) => ({
    status: STATUS[kind],
    code: kind,
    body: JSON.stringify({ error: { code: kind, message } }),
  }),
  limitHeaders: () => ({}),
};
