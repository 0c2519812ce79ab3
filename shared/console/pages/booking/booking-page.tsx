import { FUNCTIONS_ADDRESS } from "../../functions.ts";
import { useLoad } from "../../load.ts";
import { Copy } from "../../ui/copy.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Page } from "../../ui/page.tsx";
import { type Booking, me } from "./booking.ts";
import { MeetingsSection } from "./meetings-section.tsx";
import { ProfileForm } from "./profile-form.tsx";

/** The page by which visitors book who is signed in, and the meetings that there are. */
export function BookingPage() {
  const mine = useLoad(me, []);
  return (
    <Page title="Booking">
      <Loading of={mine}>
        {(data) => (
          <>
            <Link booking={data.booking} />
            <MeetingsSection />
            <section class="card booking-form" aria-label="Your booking page">
              <h2>Your booking page</h2>
              <ProfileForm me={data} onSaved={mine.reload} />
            </section>
          </>
        )}
      </Loading>
    </Page>
  );
}

function Link({ booking: { enabled, slug } }: { booking: Booking }) {
  const address = `${FUNCTIONS_ADDRESS}/lio/api/v1/booking/${slug}`;
  return (
    <section class="card" aria-label="Your link">
      <h2>Send this to whom you want to meet</h2>
      {enabled
        ? (
          <>
            <p>
              Whoever has it picks a free time of yours, without a login. The booking is a meeting
              of yours, and the visitor a lead.
            </p>
            <Copy name="Link" text={address} />
            <div class="actions">
              <a class="button" href={address} target="_blank" rel="noopener">Open the page</a>
            </div>
          </>
        )
        : (
          <p>
            Nobody can book you yet. Tick “Visitors may book me” below and save: then your link
            stands here.
          </p>
        )}
    </section>
  );
}
