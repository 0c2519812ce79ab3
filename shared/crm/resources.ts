import { activities } from "./activities.ts";
import { companies } from "./companies.ts";
import { contacts } from "./contacts.ts";
import { deals } from "./deals.ts";
import { invoices } from "./invoices.ts";
import { leads } from "./leads.ts";
import { pipelines } from "./pipelines.ts";
import { stages } from "./stages.ts";
import { tags } from "./tags.ts";
import { tasks } from "./tasks.ts";
import { users } from "./users.ts";

/**
 * Every kind of record, by its name. Who needs names alone imports the type: a process is started for
 * one request, and loading all of these takes it longer than loading the one it asks for.
 */
export const resources = {
  contacts,
  companies,
  deals,
  tasks,
  invoices,
  activities,
  users,
  leads,
  pipelines,
  stages,
  tags,
};

export type ResourceName = keyof typeof resources;
