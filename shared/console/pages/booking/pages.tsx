import type { ConsolePage } from "../console-page.ts";
import { BookingPage } from "./booking-page.tsx";

export const BOOKING: readonly ConsolePage[] = [
  { pattern: "/booking", menu: "Booking", show: () => <BookingPage /> },
];
