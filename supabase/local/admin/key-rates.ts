import { type Api, APIS } from "../../../shared/auth/api-key.ts";
import { KEY_APIS } from "../../../shared/dialects/key-apis.ts";
import type { Command, Input } from "./command.ts";
import { Refusal } from "./refusal.ts";
import { limit } from "./values.ts";

/** The options for the limit of a key, each for the APIs whose keys have such a one. */
export const RATES: Command["options"] = Object.fromEntries(
  [...new Set(APIS.flatMap((api) => optionOf(api) ?? []))].map((option) => {
    const of = APIS.filter((api) => optionOf(api) === option);
    const { window = "", default: standard = 0 } = KEY_APIS[of[0] ?? "leadhub"].rate ?? {};
    const about = `Requests a UTC ${window}, for --api ${
      of.join(" or ")
    }: ${standard} when left out.`;
    return [option, { placeholder: "N", about }];
  }),
);

/** The limit that a key gets of its own, if any. Throws Refusal for one of another API. */
export function rateLimit(options: Input["options"], api: Api): number | undefined {
  const given = Object.keys(RATES).find((option) => options[option] !== undefined);
  if (given === undefined) return undefined;
  const own = optionOf(api);
  if (own === given) return limit(given, options[given] ?? "", 1);
  throw new Refusal(
    "invalid_argument",
    `--${given} is not for ${api} keys: ${
      own === undefined
        ? "their limit is the workspace's, see `workspaces set-limits --help`."
        : `give --${own}.`
    }`,
  );
}

function optionOf(api: Api): string | undefined {
  const { rate } = KEY_APIS[api];
  return rate && `requests-per-${rate.window}`;
}
