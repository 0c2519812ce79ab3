// @ts-types="@types/big.js"
import { Big } from "big.js";
import { LosslessNumber, stringify } from "lossless-json";
import * as z from "zod";
import { type FieldError, InvalidInput } from "../refusals/errors.ts";
import { money } from "./values/amounts.ts";
import { optional, text } from "./values/fields.ts";
import { lazy } from "../memory/lazy.ts";

const CENTS = 2;

/** A line of an invoice. `amount` is quantity × unit_price; `tax_rate` is in percent. */
export const lineItem = lazy(() =>
  z.strictObject({
    description: text(2000),
    quantity: money(),
    unit_price: money(),
    amount: money().optional(),
    tax_rate: optional(money()),
  })
);

type LineItem = z.output<ReturnType<typeof lineItem>>;

/** The amounts of a request, as digits, and the JSON text of its lines. */
export interface Totals {
  subtotal?: string;
  tax_amount?: string;
  total?: string;
  line_items?: string;
}

/**
 * Fills in the totals that follow from the line items or from each other. Those given are kept.
 * Throws InvalidInput naming the numbers that contradict each other by a cent or more.
 */
export function invoiceTotals(given: Partial<Record<keyof Totals, unknown>>): Totals {
  const mistakes: FieldError[] = [];
  const lines = (given.line_items as LineItem[] | undefined)?.map((line, index) =>
    completeLine(line, `line_items[${index}].amount`, mistakes)
  );
  const totals: Record<string, Big | undefined> = {
    subtotal: decimal(given.subtotal),
    tax_amount: decimal(given.tax_amount),
    total: decimal(given.total),
  };
  // No lines say nothing of totals that are given.
  const isManual = lines?.length === 0 && Object.values(totals).some((total) => total);
  if (lines !== undefined && !isManual) {
    const amounts = lines.map(({ amount }) => amount);
    const taxes = lines.map(({ amount, tax_rate }) => amount.times(tax_rate ?? 0).div(100));
    totals.subtotal = agreed("subtotal", totals.subtotal, sum(amounts), mistakes);
    const taxed = lines.some(({ tax_rate }) => tax_rate !== null);
    if (taxed) totals.tax_amount = agreed("tax_amount", totals.tax_amount, sum(taxes), mistakes);
  }
  fromEachOther(totals, mistakes);
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  const digits = Object.entries(totals).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value.toFixed()]]
  );
  return { ...Object.fromEntries(digits), ...(lines ? { line_items: storedLines(lines) } : {}) };
}

// total = subtotal + tax_amount: two of them give the third.
function fromEachOther(totals: Record<string, Big | undefined>, mistakes: FieldError[]): void {
  const { subtotal, tax_amount, total } = totals;
  if (subtotal !== undefined && tax_amount !== undefined) {
    const exact = subtotal.plus(tax_amount);
    totals.total = total === undefined ? exact : agreed("total", total, exact, mistakes);
  } else if (subtotal !== undefined && total !== undefined) {
    totals.tax_amount = total.minus(subtotal);
  } else if (tax_amount !== undefined && total !== undefined) {
    totals.subtotal = total.minus(tax_amount);
  }
}

interface CompleteLine {
  description: string;
  quantity: Big;
  unit_price: Big;
  amount: Big;
  tax_rate: Big | null;
}

function completeLine(line: LineItem, field: string, mistakes: FieldError[]): CompleteLine {
  const quantity = new Big(line.quantity);
  const unit_price = new Big(line.unit_price);
  const amount = agreed(field, decimal(line.amount), quantity.times(unit_price), mistakes);
  return {
    description: line.description,
    quantity,
    unit_price,
    amount,
    tax_rate: decimal(line.tax_rate) ?? null,
  };
}

function agreed(field: string, given: Big | undefined, exact: Big, mistakes: FieldError[]): Big {
  const computed = exact.round(CENTS, Big.roundHalfUp);
  if (given !== undefined && !given.round(CENTS, Big.roundHalfUp).eq(computed)) {
    const message = `Is ${given.toFixed()}, but the other numbers give ${computed.toFixed()}.`;
    mistakes.push({ field, message });
  }
  return given ?? computed;
}

function storedLines(lines: readonly CompleteLine[]): string {
  const number = (value: Big | null) => value === null ? null : new LosslessNumber(value.toFixed());
  return stringify(lines.map((line) => ({
    description: line.description,
    quantity: number(line.quantity),
    unit_price: number(line.unit_price),
    amount: number(line.amount),
    tax_rate: number(line.tax_rate),
  }))) ?? "[]";
}

function decimal(digits: unknown): Big | undefined {
  return typeof digits === "string" ? new Big(digits) : undefined;
}

function sum(values: readonly Big[]): Big {
  return values.reduce((total, value) => total.plus(value), new Big(0));
}
