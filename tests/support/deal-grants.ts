/** The functions behind pipelines and deals as LIO makes them, and forecasts, that the API's role may run. */
export const DEAL_GRANTS: Record<string, string> = {
  "app.change_lead_deal(bigint,jsonb)": "EXECUTE",
  "app.change_sales_pipeline(bigint,jsonb)": "EXECUTE",
  "app.create_lead_deal(jsonb)": "EXECUTE",
  "app.create_sales_pipeline(jsonb)": "EXECUTE",
  "app.days_after(date)": "EXECUTE",
  "app.days_since(timestamp with time zone)": "EXECUTE",
  "app.delete_deals(uuid[])": "EXECUTE",
  "app.delete_pipelines(uuid[])": "EXECUTE",
  "app.forecast_probability(text,double precision,numeric,bigint,bigint,integer,integer,integer)":
    "EXECUTE",
  "app.missing_of_deal(jsonb,crm.deals)": "EXECUTE",
  "app.planned_stages(uuid,jsonb)": "EXECUTE",
  "app.probability_of_deal(uuid)": "EXECUTE",
  "app.require_new_pipeline(text,uuid)": "EXECUTE",
  "app.require_stages(uuid,jsonb)": "EXECUTE",
  "app.set_stages(uuid,jsonb)": "EXECUTE",
  "app.snapshot_open_deals(uuid,integer)": "EXECUTE",
  "app.stage_facts(uuid,uuid)": "EXECUTE",
  "app.stage_probability(uuid,uuid,integer,text,double precision)": "EXECUTE",
  "app.stored_deal(jsonb,crm.deals)": "EXECUTE",
  "app.weighted_value(numeric,numeric)": "EXECUTE",
};
