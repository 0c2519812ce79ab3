import * as z from "zod";
import { connectors, SECRETS, TARGETS } from "../../../connectors/connectors.ts";
import { PRESET_NAMES, presets } from "../../../connectors/presets.ts";
import { verificationSchema } from "../../../connectors/verification.ts";
import { parseQuery } from "../../../http/query.ts";
import type { LumenbaseOperation } from "../contract.ts";
import { answer } from "../envelope.ts";

const parameters = z.strictObject({});

/** A preset, as who chooses one needs it. */
const preset = z.object({
  name: z.enum(PRESET_NAMES),
  title: z.string(),
  target: z.enum(TARGETS),
  secrets: z.partialRecord(z.enum(SECRETS), z.enum(["required", "optional"])),
  verification: verificationSchema,
  setup: z.string().meta({ description: "Where the provider wants the address and the secret." }),
});

/** GET: the presets that a connector can be made from. */
export const listPresets: LumenbaseOperation = {
  kind: "read",
  contract: {
    action: "presets",
    resource: connectors,
    parameters,
    answer: z.object({ items: z.array(preset) }),
  },
  run(call) {
    parseQuery(parameters, call.query);
    const items = Object.values(presets).map((
      { name, title, target, secrets, verification, setup },
    ) => ({ name, title, target, secrets, verification, setup }));
    return Promise.resolve(answer(call, 200, { items }));
  },
};
