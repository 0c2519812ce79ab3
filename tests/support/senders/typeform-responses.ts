export interface Question {
  title: string;
  /** The type of answer, and the answer; none for a question that was passed over. */
  answer?: Record<string, unknown> & { type: string };
  /** Questions of a group. */
  group?: Question[];
}

let submissions = 0;

export const text = (title: string, given: string): Question => ({
  title,
  answer: { type: "text", text: given },
});
export const email = (title: string, given: string): Question => ({
  title,
  answer: { type: "email", email: given },
});
export const choice = (title: string, given: object): Question => ({
  title,
  answer: { type: "choice", choice: given },
});
export const choices = (title: string, labels: string[]): Question => ({
  title,
  answer: { type: "choices", choices: { labels } },
});
export const file = (title: string, address: string): Question => ({
  title,
  answer: { type: "file_url", file_url: address },
});

/** A finished form, each time another response unless its token is given. */
export function response(questions: Question[], more: Record<string, unknown> = {}) {
  const id = (submissions += 1);
  const field = ({ title, group }: Question, index: string): object => ({
    id: `q${index}`,
    ref: `ref-${index}`,
    title,
    type: group ? "contact_info" : "short_text",
    properties: group ? { fields: group.map((one, at) => field(one, `${index}-${at}`)) } : {},
  });
  const answers = (asked: Question[], prefix = ""): object[] =>
    asked.flatMap(({ answer, group }, at) => {
      const index = `${prefix}${at}`;
      if (group) return answers(group, `${index}-`);
      const named = { id: `q${index}`, ref: `ref-${index}`, type: "short_text" };
      return answer ? [{ ...answer, field: named }] : [];
    });
  const { event_type = "form_response", ...rest } = more;
  return {
    json: {
      event_id: `event-${id}`,
      event_type,
      form_response: {
        form_id: "f1",
        token: `token-${id}`,
        submitted_at: "2026-11-20T12:56:33Z",
        definition: {
          id: "f1",
          title: "Enquiry",
          fields: questions.map((q, at) => field(q, `${at}`)),
        },
        answers: answers(questions),
        ...rest,
      },
    },
  };
}
