import { ApiClient, type ApiResponse } from "./api-client.ts";
import { type BookingWorld, bookingWorld } from "./lio-booking.ts";
import { PASSWORD, person } from "./people.ts";
import { gatewayUrl } from "./workspace.ts";

const nobody = () => new ApiClient(gatewayUrl(), null);

let booked: Promise<BookingWorld> | undefined;
const booking = () => booked ??= bookingWorld();

/** Requests that work of the operations that need no key, by their ids. */
export const WITHOUT_KEY: Readonly<Record<string, () => Promise<ApiResponse>>> = {
  getHealth: () => nobody().get("leadhub/api/v1/health"),
  async login() {
    const { email } = await person({ role: "admin" });
    return await nobody().post("lio/api/auth/login", { email, password: PASSWORD });
  },
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
