import { useState } from "preact/hooks";
import { lio } from "../../../api.ts";
import { type Loaded, useLoad } from "../../../load.ts";
import { go } from "../../../router.ts";
import { isAtLeast } from "../../../session.ts";
import { tell } from "../../../toasts.ts";
import { Confirm } from "../../../ui/confirm.tsx";
import { Loading } from "../../../ui/loading.tsx";
import { Page } from "../../../ui/page.tsx";
import type { Lead, OneAnswer } from "../answers.ts";
import { forgetKnown, useKnown } from "../known.ts";
import { newKey } from "../../../once.ts";
import { RecordDialog } from "../record-dialog.tsx";
import { textsOf } from "../record-form.tsx";
import { type Deal, DealLine, Related, useNewest } from "../related.tsx";
import { Tags } from "../tags.tsx";
import { Timeline } from "../timeline.tsx";
import { CustomFields } from "./custom-fields.tsx";
import { FollowUps } from "./follow-ups.tsx";
import { LeadChoices } from "./lead-choices.tsx";
import { LeadFacts } from "./lead-facts.tsx";
import { leadFields } from "./lead-fields.ts";
import { Notes } from "./notes.tsx";

/** One lead: what is known of it, what was said and done, and what happened. */
export function LeadPage({ id }: { id: string }) {
  const loaded = useLoad(
    (signal) => lio.get<OneAnswer<Lead>>(`lead/view/${encodeURIComponent(id)}`, {}, signal),
    [id],
  );
  const lead = loaded.data?.data;
  return (
    <Page
      title={lead ? lead.name || "A lead without a name" : "Lead"}
      actions={lead && <Actions lead={lead} reload={loaded.reload} />}
    >
      <p>
        <a href="#/leads">All leads</a>
      </p>
      <Loading of={loaded}>{({ data }) => <Content lead={data} of={loaded} />}</Loading>
    </Page>
  );
}

function Actions({ lead, reload }: { lead: Lead; reload(): void }) {
  const known = useKnown();
  const [isEditing, setEditing] = useState(false);
  const fields = leadFields(known.data);
  return (
    <>
      {isAtLeast("rep") && <button type="button" onClick={() => setEditing(true)}>Edit</button>}
      {isAtLeast("member") && <DeleteLead lead={lead} />}
      {isEditing && (
        <RecordDialog
          title="Edit lead"
          submit="Save"
          fields={fields}
          initial={textsOf(fields, { ...lead })}
          onClose={() => setEditing(false)}
          pathOf={(other) => `/leads/${other}`}
          write={async (sent, idempotencyKey) => {
            await lio.post(`lead/update/${lead.id}`, sent, { idempotencyKey });
            forgetKnown();
            tell("Lead saved.");
            reload();
          }}
        />
      )}
    </>
  );
}

function DeleteLead({ lead }: { lead: Lead }) {
  return (
    <Confirm
      button="Delete"
      question="Delete this lead?"
      run={async () => {
        await lio.delete("lead/delete", { body: { ids: [lead.id] }, idempotencyKey: newKey() });
        tell("Lead deleted.");
        go("/leads");
      }}
    >
      <p>
        <bdi>{lead.name.slice(0, 200)}</bdi>{" "}
        goes for good, with its tags, signals, documents and drafts, and the notes and follow-ups
        that are of no contact.
      </p>
      <p>
        Its contact, deals, meetings, calls and messages stay, without the lead.
      </p>
    </Confirm>
  );
}

function Content({ lead, of }: { lead: Lead; of: Loaded<OneAnswer<Lead>> }) {
  const known = useKnown();
  const [round, setRound] = useState(0);
  const wrote = () => {
    of.reload();
    setRound((n) => n + 1);
  };
  // What was edited in the dialog is in the timeline as well.
  const seen = `${round} ${lead.updated_at}`;
  return (
    <div class="columns records-record">
      <div class="records-column">
        <LeadChoices lead={lead} known={known.data} wrote={wrote} />
        <LeadFacts lead={lead} />
        <Tags
          tags={lead.tags}
          known={known.data?.tags ?? []}
          save={(tags) => setTags(lead, tags, wrote)}
        />
        <CustomFields lead={lead} wrote={wrote} />
      </div>
      <div class="records-column">
        <Notes lead={lead} wrote={wrote} />
        <FollowUps lead={lead} known={known.data} wrote={wrote} />
        <Deals lead={lead} />
        <Timeline model="lead" id={lead.id} round={seen} />
      </div>
    </div>
  );
}

function Deals({ lead }: { lead: Lead }) {
  const deals = useNewest<Deal>("lead/deal/list", { lead_id: lead.id });
  return (
    <Related title="Deals" of={deals} empty="No deals with this lead." keyOf={({ id }) => id}>
      {(deal) => <DealLine deal={deal} />}
    </Related>
  );
}

async function setTags(
  lead: Lead,
  tags: readonly (number | string)[],
  wrote: () => void,
): Promise<void> {
  const body = { ids: [lead.id], tags };
  await lio.post("lead/set-assign-tags", body, { idempotencyKey: newKey() });
  forgetKnown();
  wrote();
}
