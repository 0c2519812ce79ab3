import { Budget } from "../../shared/connectors/expressions/budget.ts";

type Limits = NonNullable<ConstructorParameters<typeof Budget>[0]>;

/** A budget whose steps and memory are production's; its time would depend on what else the machine does. */
export const patientBudget = (limits: Limits = {}): Budget =>
  new Budget({ milliseconds: 30_000, ...limits });
