import { afterAll, beforeAll, expect } from "vitest";
import { type Gateway, startGateway } from "../../supabase/local/gateway-process.ts";
import type { Json } from "./api-client.ts";
import { FUNCTIONS_ENVIRONMENT } from "./functions-environment.ts";
import { LioClient, type LioRole, type LioUser, lioUser } from "./lio.ts";
import { enterFunds } from "./lio-voice-funds.ts";
import { lastingStandIn } from "./providers/lasting-stand-in.ts";
import { MODEL_ENVIRONMENT, modelAnswers, type ModelApi } from "./providers/openai-answers.ts";
import type { TwilioCall } from "./providers/twilio-account.ts";
import { startTwilio, type TwilioApi } from "./providers/twilio-api.ts";
import { callBack } from "./providers/twilio-caller.ts";
import { asOwner, databaseUrl, eventually, testWorkspace } from "./workspace.ts";

/** What stands in for a model, and how long it thinks. */
type Model = ModelApi & { thinks: Promise<void>; failing: number };

/** Twilio, a model, and functions that know both, for the tests of a file with a database of their own. */
export interface VoiceHouse {
  twilio: TwilioApi;
  model: Model;
  gatewayUrl: string;
  gateway: Gateway;
  /** Starts another process of the functions in place of the one that was killed. */
  restart(): Promise<void>;
}

/** Starts them before the tests, and stops them after. */
export function voiceHouse(): VoiceHouse {
  const house = {} as VoiceHouse;
  const stops: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const twilio = await startTwilio();
    const model: Model = { asked: [], says: [], thinks: Promise.resolve(), failing: 0 };
    const ai = await lastingStandIn(async (request) => {
      await model.thinks;
      return model.failing-- > 0 ? { status: 500, body: {} } : modelAnswers(model, request);
    });
    const env = {
      ...process.env,
      ...FUNCTIONS_ENVIRONMENT,
      ...twilio.environment,
      ...MODEL_ENVIRONMENT,
      AI_BASE_URL: `${ai.url}/v1`,
    };
    const start = async () => {
      const gateway = await startGateway({
        apiUrl: databaseUrl("apiUrl"),
        port: 0,
        runsJobs: true,
        env,
      });
      Object.assign(house, { gateway, gatewayUrl: `http://127.0.0.1:${gateway.port}` });
    };
    await start();
    Object.assign(house, { twilio, model, restart: start });
    stops.push(twilio.stop, ai.stop, () => house.gateway.stop());
  });
  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop();
  });
  return house;
}

/** Calls the functions of a house wherever they run now. */
class HouseClient extends LioClient {
  constructor(readonly house: VoiceHouse, key: string | null) {
    super(house.gatewayUrl, key);
  }

  override send(...request: Parameters<LioClient["send"]>) {
    const client = new LioClient(this.house.gatewayUrl, this.key);
    return client.send(...request);
  }
}

/** A workspace that calls, with money in its wallet. */
export interface VoiceWorld {
  id: string;
  admin: LioUser;
  api: LioClient;
  user(role: LioRole): Promise<LioUser>;
  /** Buys a number; no two are the same. */
  buy(more?: object): Promise<Json>;
  /** A lead with a phone. */
  lead(more?: object): Promise<Json>;
  /** Lets an agent call a lead; answers the call here and at Twilio. */
  call(more?: object): Promise<{ call: Json; at: TwilioCall }>;
  balance(): Promise<number>;
  /** Makes what waits for its time due now. */
  hurry(): Promise<void>;
  /** Waits until nothing is left to find out about calls and purchases. */
  resolved(): Promise<void>;
}

let made = 0;

/** A phone number that nobody else has. */
export function newNumber(): string {
  return `+1808925${String(++made).padStart(4, "0")}`;
}

export async function voiceWorld(house: VoiceHouse, money = 100): Promise<VoiceWorld> {
  const workspace = await testWorkspace();
  const here = async (role: LioRole) => {
    const user = await lioUser(workspace, role);
    return { ...user, api: new HouseClient(house, user.api.key) };
  };
  const admin = await here("admin");
  const { api } = admin;
  if (money > 0) await enterFunds(workspace.id, money);
  const world: VoiceWorld = {
    id: workspace.id,
    admin,
    api,
    user: here,
    buy: (more = {}) => api.made("voice/purchase-number", { phoneNumber: newNumber(), ...more }),
    lead: (more = {}) =>
      api.made("lead/add", {
        first_name: "Lea",
        last_name: "Lead",
        phone_number: `+1555765${String(++made).padStart(4, "0")}`,
        ...more,
      }),
    async call(more = {}) {
      const lead = await world.lead();
      const call = await api.made("call/agent/initiate", {
        lead_id: lead.id,
        system_prompt: "Sell bicycles.",
        first_message: "Hello, this is Ada.",
        ...more,
      });
      const at = house.twilio.account.calls.find(({ sid }) => sid === call.sid);
      expect(at).toBeDefined();
      return { call, at: at as TwilioCall };
    },
    balance: async () => (await api.read("voice/wallet")).balance,
    async hurry() {
      await asOwner(
        `update crm.jobs set run_at = now()
          where workspace_id = $1 and status = 'waiting' and kind like 'voice.%'`,
        [workspace.id],
      );
    },
    resolved: async () =>
      void await eventually(async () => {
        await world.hurry();
        const left = "select from crm.jobs where workspace_id = $1 and kind like 'voice.%'";
        return (await asOwner(left, [workspace.id])).length === 0;
      }),
  };
  return world;
}

/** Tells of a call as Twilio does, at an address it was given. */
export async function tellOf(
  { twilio: { account }, gatewayUrl }: VoiceHouse,
  { sid, from, to }: Pick<TwilioCall, "sid" | "from" | "to">,
  url: string,
  fields: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const told = { CallSid: sid, From: from, To: to, Direction: "outbound-api", ...fields };
  const response = await callBack({ gatewayUrl, account }, url, told);
  return { status: response.status, text: await response.text() };
}
