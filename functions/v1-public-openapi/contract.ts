import { openApiDocument } from "../../shared/openapi/document.ts";
import { lumenbaseApi } from "../../shared/dialects/lumenbase/openapi/api.ts";
import type { Schema } from "../../shared/openapi/schemas.ts";
import activitiesBatch from "../v1-public-activities-batch/index.ts";
import activitiesCrud from "../v1-public-activities-crud/index.ts";
import activities from "../v1-public-activities/index.ts";
import apiKeys from "../v1-public-api-keys/index.ts";
import companiesBatch from "../v1-public-companies-batch/index.ts";
import companies from "../v1-public-companies/index.ts";
import connectedAccounts from "../v1-public-connected-accounts/index.ts";
import connectorDeliveries from "../v1-public-connector-deliveries/index.ts";
import connectors from "../v1-public-connectors/index.ts";
import contactsBatch from "../v1-public-contacts-batch/index.ts";
import contactsCrud from "../v1-public-contacts-crud/index.ts";
import contactsMerge from "../v1-public-contacts-merge/index.ts";
import contacts from "../v1-public-contacts/index.ts";
import dealsBatch from "../v1-public-deals-batch/index.ts";
import deals from "../v1-public-deals/index.ts";
import events from "../v1-public-events/index.ts";
import invoicesBatch from "../v1-public-invoices-batch/index.ts";
import invoices from "../v1-public-invoices/index.ts";
import jobs from "../v1-public-jobs/index.ts";
import pipelines from "../v1-public-pipelines/index.ts";
import requests from "../v1-public-requests/index.ts";
import roles from "../v1-public-roles/index.ts";
import signIn from "../v1-public-sign-in/index.ts";
import tasksBatch from "../v1-public-tasks-batch/index.ts";
import tasks from "../v1-public-tasks/index.ts";
import usage from "../v1-public-usage/index.ts";
import users from "../v1-public-users/index.ts";
import { declared } from "./declared.ts";

const described = [
  activities,
  activitiesBatch,
  activitiesCrud,
  apiKeys,
  companies,
  companiesBatch,
  connectedAccounts,
  connectorDeliveries,
  connectors,
  contacts,
  contactsBatch,
  contactsCrud,
  contactsMerge,
  deals,
  dealsBatch,
  events,
  invoices,
  invoicesBatch,
  jobs,
  declared(() => Promise.resolve(contract)),
  pipelines,
  requests,
  roles,
  signIn,
  tasks,
  tasksBatch,
  usage,
  users,
];

/**
 * The contract of every function here, but for where it is published. What is deployed has it made
 * already, in place of this module and all that it imports.
 */
export const contract: Schema = await openApiDocument(described, lumenbaseApi());
