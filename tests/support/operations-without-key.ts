import { randomUUID } from "node:crypto";
import { mailLinks } from "../../shared/auth/mail-link.ts";
import { ApiClient, type ApiResponse } from "./api-client.ts";
import { FUNCTIONS_ENVIRONMENT } from "./functions-environment.ts";
import { type BookingWorld, bookingWorld } from "./lio-booking.ts";
import { PASSWORD, person } from "./people.ts";
import { asOwner, gatewayUrl, testWorkspace } from "./workspace.ts";

const nobody = () => new ApiClient(gatewayUrl(), null);

let booked: Promise<BookingWorld> | undefined;
const booking = () => booked ??= bookingWorld();

/** The token of a link in a message that was sent. */
async function linkToken(use: "open" | "click"): Promise<string> {
  const { id: workspaceId } = await testWorkspace();
  const messageId = randomUUID();
  await asOwner(
    `insert into crm.messages (workspace_id, id, channel, to_emails, subject, text_body, message_id, state, links)
     values ($1, $2, 'system', '{jane@acme.com}', 'Hello', 'Hello', $3, 'sent', '{https://acme.com/offer}')`,
    [workspaceId, messageId, `<${messageId}@acme.com>`],
  );
  const links = mailLinks(FUNCTIONS_ENVIRONMENT.LUMENBASE_ENCRYPTION_KEY);
  return links.issue({ use, workspaceId, messageId, link: use === "click" ? 1 : 0 });
}

/** Requests that work of the operations that need no key, by their ids. */
export const WITHOUT_KEY: Readonly<Record<string, () => Promise<ApiResponse>>> = {
  getHealth: () => nobody().get("leadhub/api/v1/health"),
  async login() {
    const { email } = await person({ role: "admin" });
    return await nobody().post("lio/api/auth/login", { email, password: PASSWORD });
  },
  async signIn() {
    const { email } = await person({ role: "admin" });
    return await nobody().post("v1-public-sign-in", { email, password: PASSWORD });
  },
  trackOpen: async () => await nobody().get(`lio/api/v1/track/open/${await linkToken("open")}`),
  trackClick: async () => await nobody().get(`lio/api/v1/track/click/${await linkToken("click")}`),
  async getBooking() {
    const { visitor, slug } = await booking();
    return await visitor.get(`v1/booking/${slug}`);
  },
  async getBookingAvailability() {
    const { visitor, slug } = await booking();
    return await visitor.get(`v1/booking/${slug}/availability`);
  },
  async confirmBooking() {
    const { confirm, at } = await booking();
    return await confirm(at("09:00:00"));
  },
};
