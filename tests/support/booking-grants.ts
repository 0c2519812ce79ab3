/** What the API's role may do with how users are booked. */
export const BOOKING_GRANTS: Record<string, string> = {
  "crm.bookable_users": "SELECT",
  "crm.booking_profiles": "SELECT",
  "app.book_meeting(jsonb,jsonb,jsonb)": "EXECUTE",
  "app.change_booking_profile(uuid,jsonb)": "EXECUTE",
  "app.find_bookable_user(text)": "EXECUTE",
  "app.hold_booking(uuid,text)": "EXECUTE",
  "app.lead_of_visitor(jsonb)": "EXECUTE",
};
