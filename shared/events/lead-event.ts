/** What can happen to a lead, as automations and webhooks are told of it. */
export const LEAD_EVENTS = [
  "lead.created",
  "lead.updated",
  "lead.stage_changed",
  "lead.tag_added",
  "lead.tag_removed",
  "lead.deleted",
  "form.submitted",
] as const;

export type LeadEventType = (typeof LEAD_EVENTS)[number];

/** One thing that happened to a lead. */
export interface LeadEvent {
  type: LeadEventType;
  /** That of the change in `crm.events`. */
  sequence: number;
  at: string;
  /** Null for a lead that was deleted. */
  leadId: string | null;
  data: {
    /** As it is answered, as the event left it; one that was deleted as it last was. */
    lead: Record<string, unknown>;
    changes?: Record<string, { from: unknown; to: unknown }>;
    tag?: string;
    form?: { id: number; name: string };
    submission?: { id: number; values: Record<string, unknown> };
  };
  /** The automations whose actions led to it, oldest first. */
  chain: readonly string[];
}
