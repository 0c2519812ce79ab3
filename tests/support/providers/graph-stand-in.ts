import { faulty, onItsWay, tokenOf } from "./calendar-faults.ts";
import { lastingStandIn } from "./lasting-stand-in.ts";
import { calendarOfGraph } from "./microsoft-calendar.ts";
import { graphRefusal } from "./microsoft-refusal.ts";
import { teamsOfGraph } from "./microsoft-teams.ts";

/** Starts a stand-in of Microsoft Graph, v1.0: calendars and Teams of any token `microsoft-…-…`. */
export async function graphStandIn() {
  const service = await lastingStandIn(async (request) => {
    const token = tokenOf(request, "microsoft");
    if (token === null) return graphRefusal(401, "InvalidAuthenticationToken");
    const codes: Record<number, string> = {
      401: "InvalidAuthenticationToken",
      429: "ApplicationThrottled",
    };
    const fault = await faulty(
      request,
      token,
      (status) => graphRefusal(status, codes[status] ?? "ErrorInternalServerError"),
    );
    if (fault !== null) return fault;
    if (request.path === "/v1.0/me") return { status: 200, body: { mail: "Rita@Contoso.example" } };
    const answered = calendarOfGraph(request, token, service.url) ?? teamsOfGraph(request) ??
      graphRefusal(404, "ResourceNotFound");
    return onItsWay(request, token, answered);
  });
  return {
    environment: { MICROSOFT_GRAPH_URL: `${service.url}/v1.0` },
    stop: service.stop,
  };
}
