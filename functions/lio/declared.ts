import { lio } from "../../shared/dialects/lio/dialect.ts";
import { PUBLICATION } from "../../shared/dialects/lio/openapi/publication.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { publicRoute } from "../../shared/http/operation.ts";
import {
  contractDocument,
  type LoadContract,
  pageDocument,
} from "../../shared/openapi/publication.ts";

/** LIO's function, which publishes the contract that describes it. */
export function declared(contract: LoadContract) {
  return withServices(withSales(withLeads(contract)));
}

function withLeads(contract: LoadContract) {
  return endpoint("lio", lio)
    .get("/openapi.json", publicRoute, contractDocument(PUBLICATION, contract))
    .get("/docs", publicRoute, pageDocument(PUBLICATION, contract))
    .mount("/api/auth", () => import("../../shared/dialects/lio/auth.ts"))
    .mount("/api/user", () => import("../../shared/dialects/lio/users.ts"))
    .mount("/api/custom-lookups", () => import("../../shared/dialects/lio/lookups.ts"))
    .mount("/api/custom-view", () => import("../../shared/dialects/lio/views.ts"))
    .mount("/api/lead/note", () => import("../../shared/dialects/lio/note.ts"))
    .mount("/api/lead/follow-up", () => import("../../shared/dialects/lio/follow-up.ts"))
    .mount("/api/lead/document", () => import("../../shared/dialects/lio/document.ts"))
    .mount("/api/lead/lead-imports", () => import("../../shared/dialects/lio/lead-imports.ts"))
    .mount("/api/import-job", () => import("../../shared/dialects/lio/import-job.ts"))
    .mount("/api/lead/deal", () => import("../../shared/dialects/lio/deal.ts"))
    .mount("/api/lead", () => import("../../shared/dialects/lio/lead.ts"))
    .mount("/api/intent-alert", () => import("../../shared/dialects/lio/intent-alert.ts"))
    .mount("/api/notification", () => import("../../shared/dialects/lio/notification.ts"))
    .mount("/api/feed", () => import("../../shared/dialects/lio/feed.ts"))
    .mount("/api/storage-file", () => import("../../shared/dialects/lio/storage-file.ts"))
    .mount("/api/file", () => import("../../shared/dialects/lio/attached-file.ts"))
    .mount("/api/exports", () => import("../../shared/dialects/lio/exports.ts"))
    .mount("/api/v1/intent-signal", () => import("../../shared/dialects/lio/intent-signal.ts"))
    .mount("/api/v1/lead", () => import("../../shared/dialects/lio/capture.ts"))
    .mount("/api/v1/web-form", () => import("../../shared/dialects/lio/web-form.ts"))
    .mount("/api/role", () => import("../../shared/dialects/lio/roles.ts"));
}

/** Whom there is to sell to, how that goes, and when to meet. */
function withSales(app: ReturnType<typeof withLeads>) {
  return app
    .mount("/api/company", () => import("../../shared/dialects/lio/companies.ts"))
    .mount("/api/contact", () => import("../../shared/dialects/lio/contacts.ts"))
    .mount("/api/pipelines", () => import("../../shared/dialects/lio/pipelines.ts"))
    .mount("/api/forecast", () => import("../../shared/dialects/lio/forecast.ts"))
    .mount("/api/dashboard", () => import("../../shared/dialects/lio/dashboard.ts"))
    .mount("/api/dashboards", () => import("../../shared/dialects/lio/dashboards.ts"))
    .mount("/api/queries", () => import("../../shared/dialects/lio/queries.ts"))
    .mount("/api/target-accounts", () => import("../../shared/dialects/lio/target-accounts.ts"))
    .mount("/api/reports/abm", () => import("../../shared/dialects/lio/account-reports.ts"))
    .mount(
      "/api/calendar/availability",
      () => import("../../shared/dialects/lio/calendar-availability.ts"),
    )
    .mount("/api/calendar", () => import("../../shared/dialects/lio/calendar.ts"))
    .mount("/api/meeting", () => import("../../shared/dialects/lio/meeting.ts"))
    .mount("/api/v1/booking", () => import("../../shared/dialects/lio/booking.ts"));
}

/** What is done with other services. */
function withServices(app: ReturnType<typeof withSales>) {
  return app
    .mount(
      "/api/mail-configurations",
      () => import("../../shared/dialects/lio/mail-configurations.ts"),
    )
    .mount("/api/inbox/list", () => import("../../shared/dialects/lio/inbox-list.ts"))
    .mount("/api/inbox/view", () => import("../../shared/dialects/lio/inbox-message.ts"))
    .mount("/api/inbox/send", () => import("../../shared/dialects/lio/inbox-send.ts"))
    .mount("/api/inbox/reply", () => import("../../shared/dialects/lio/inbox-reply.ts"))
    .mount("/api/v1/track", () => import("../../shared/dialects/lio/track.ts"))
    .mount("/api/ai-tools", () => import("../../shared/dialects/lio/ai-tools.ts"))
    .mount("/api/ai-email", () => import("../../shared/dialects/lio/ai-email.ts"))
    .mount("/api/ai-dashboards", () => import("../../shared/dialects/lio/ai-dashboards.ts"))
    .mount("/api/credits", () => import("../../shared/dialects/lio/credits.ts"))
    .mount("/api/lead-enrichment", () => import("../../shared/dialects/lio/lead-enrichment.ts"))
    .mount("/api/voice", () => import("../../shared/dialects/lio/voice.ts"))
    .mount("/api/call", () => import("../../shared/dialects/lio/call.ts"))
    .mount("/api/connected-apps", () => import("../../shared/dialects/lio/connected-apps.ts"))
    .mount("/api/slack", () => import("../../shared/dialects/lio/slack.ts"))
    .mount("/api/teams", () => import("../../shared/dialects/lio/teams.ts"));
}
