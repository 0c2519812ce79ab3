import { stepWork } from "../../automations/step-work.ts";
import { selectById } from "../../crm/views/statements.ts";
import { lead } from "./lead-view.ts";

/** The work of jobs that take a step of an automation's run, which names a lead's fields as this API. */
export default stepWork((id) => selectById(lead, id));
