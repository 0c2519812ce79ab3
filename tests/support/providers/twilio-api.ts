import { type Answered, lastingStandIn, type Seen, type StandIn } from "./lasting-stand-in.ts";
import { callsAnswered } from "./twilio-calls.ts";
import { type Asked, notFound, refusal, type TwilioAccount } from "./twilio-account.ts";
import { numbersAnswered } from "./twilio-numbers.ts";

/** A local server that answers as Twilio's REST API does for one account. */
export interface TwilioApi extends StandIn {
  account: TwilioAccount;
  /** What it was asked, such as `POST Calls.json`. */
  asked: string[];
  /** What its answers wait for, once it did what it was asked. */
  pause: Promise<void>;
  /** What the functions are configured with. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/** Starts a stand-in that is there until it is stopped. */
export async function startTwilio(anyFrom = false): Promise<TwilioApi> {
  const account = newAccount(anyFrom);
  const asked: string[] = [];
  const own = { account, asked, pause: Promise.resolve() };
  const api: TwilioApi = Object.assign(
    await lastingStandIn(async (request) => {
      asked.push(`${request.method} ${request.path.split("/").slice(4).join("/")}`);
      const answer = answered(account, request);
      await api.pause;
      return answer;
    }),
    { ...own, environment: {} },
  );
  return Object.assign(api, { environment: environmentOf(account, api.url) });
}

/** Starts a stand-in for the gateway of all tests, whose workspaces call from whatever numbers. */
export async function lastingTwilio() {
  const { environment, stop } = await startTwilio(true);
  return { environment, stop };
}

function newAccount(anyFrom: boolean): TwilioAccount {
  const sid = "AC0123456789abcdef0123456789abcdef";
  return { sid, token: "twilio-token", numbers: [], calls: [], recordings: [], anyFrom };
}

function environmentOf({ sid, token }: TwilioAccount, url: string): Record<string, string> {
  return {
    TWILIO_ACCOUNT_SID: sid,
    TWILIO_AUTH_TOKEN: token,
    TWILIO_API_KEY_SID: "SK0123456789abcdef0123456789abcdef",
    TWILIO_API_KEY_SECRET: "twilio-key-secret-of-32-characters",
    TWILIO_APP_SID: "AP0123456789abcdef0123456789abcdef",
    TWILIO_API_URL: url,
  };
}

function answered(account: TwilioAccount, request: Seen): Answered {
  const { headers: { authorization }, path, method } = request;
  const right = Buffer.from(`${account.sid}:${account.token}`).toString("base64");
  if (authorization !== `Basic ${right}`) return refusal(401, 20003, "Authenticate");
  const below = `/2010-04-01/Accounts/${account.sid}/`;
  if (!path.startsWith(below)) return notFound(path);
  const asked: Asked = {
    method,
    path: path.slice(below.length),
    query: request.query,
    form: formOf(request),
  };
  return numbersAnswered(account, asked) ?? callsAnswered(account, asked) ?? notFound(path);
}

function formOf({ headers, body }: Seen): URLSearchParams {
  const type = headers["content-type"] ?? "";
  return new URLSearchParams(
    type.startsWith("application/x-www-form-urlencoded") ? body.toString() : "",
  );
}
