import { multipart } from "./sender-case.ts";

let submissions = 5_000_000_000_000_000_000n;

/** What Jotform sends beside the answers. */
const OWN = {
  slug: "submit/240000000000001",
  jsExecutionTracker: "build-date-1718700678061=>init-started:1718710188942",
  submitSource: "form",
  buildDate: "1718700678061",
  uploadServerUrl: "https://upload.jotform.com/upload",
  eventObserver: "1",
};

/** A submission of answers by their keys, with its summary if it has one. */
export function submission(answers: Record<string, unknown>, pretty?: string) {
  const path = "/submit/240000000000001";
  const all = { ...OWN, ...answers, event_id: "1718710188942_x", path };
  return submitted({
    ...(pretty === undefined ? {} : { pretty }),
    rawRequest: JSON.stringify(all),
  });
}

/** A submission with other parts than most have. */
export function submitted(parts: Record<string, string>) {
  return multipart({
    action: "",
    webhookURL: "https://hooks.example.com",
    username: "acme",
    formID: "240000000000001",
    type: "WEB",
    formTitle: "Enquiry",
    submissionID: String(submissions += 1n),
    ip: "203.0.113.9",
    ...parts,
  });
}
