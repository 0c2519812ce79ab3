import { lio, type LioPage } from "../../api.ts";
import { newKey } from "../../once.ts";
import { MOST } from "./connections.ts";

/** What kinds of numbers are called. */
export const NUMBER_TYPES = { local: "Local", tollfree: "Toll-free", mobile: "Mobile" } as const;

export type NumberType = keyof typeof NUMBER_TYPES;

/** A phone number of the workspace, as LIO answers it. */
export interface PhoneNumber {
  id: number;
  phone_number: string;
  friendly_name: string;
  type: NumberType;
  monthly_price: number;
  assigned_user_ids: readonly number[];
  created_at: string;
}

/** A number that can be bought. */
export interface Offer {
  phone_number: string;
  friendly_name: string;
  locality: string | null;
  region: string | null;
  country: string;
  type: NumberType;
  monthly_price: number;
}

/** What numbers and calls are paid from. */
export interface Wallet {
  balance: number;
  currency: string;
  transactions: readonly {
    id: number;
    amount: number;
    type: "topup" | "number" | "call" | "adjustment";
    reference: string | null;
    balance_after: number;
    created_at: string;
  }[];
}

/** A user, as calls are given to them. */
export interface Person {
  id: number;
  name: string;
}

/** What there is to call with. */
export interface Telephone {
  numbers: readonly PhoneNumber[];
  wallet: Wallet;
  people: readonly Person[];
}

/** Reads the numbers of the workspace, its wallet, and who can be rung. */
export async function readTelephone(signal: AbortSignal): Promise<Telephone> {
  const [numbers, wallet, people] = await Promise.all([
    lio.get<LioPage<PhoneNumber>>("voice/my-numbers", { limit: MOST }, signal),
    lio.get<{ data: Wallet }>("voice/wallet", {}, signal),
    lio.get<LioPage<Person>>("user/list", { limit: MOST, state_id: 1 }, signal),
  ]);
  return { numbers: numbers.data, wallet: wallet.data, people: people.data };
}

/** Buys a number. Throws ApiError. */
export async function buyNumber({ phone_number: phoneNumber, type }: Offer): Promise<void> {
  const body = { phoneNumber, type };
  await lio.post("voice/purchase-number", body, { idempotencyKey: newKey() });
}

/** Lets a number ring these users, in place of those before. Throws ApiError. */
export async function assignNumber(id: number, user_ids: readonly number[]): Promise<void> {
  const body = { number_id: id, user_ids };
  await lio.post("voice/assign-number", body, { idempotencyKey: newKey() });
}
