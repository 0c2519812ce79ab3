let events = 0;

export type Field = { label: string | null; type: string; value: unknown; [more: string]: unknown };

export const input = (type: string) => (label: string, value: unknown): Field => ({
  label,
  type: `INPUT_${type}`,
  value,
});
export const [text, email, phone] = [input("TEXT"), input("EMAIL"), input("PHONE_NUMBER")];
export const area = (label: string, value: unknown): Field => ({ label, type: "TEXTAREA", value });
export const hidden = (label: string, value: unknown): Field => ({
  label,
  type: "HIDDEN_FIELDS",
  value,
});
/** A choice of options, of which some were taken, by their ids. */
export const chosen = (type: string, label: string, options: string[], taken: string[]): Field => ({
  label,
  type,
  value: taken.map((one) => `id-${one}`),
  options: options.map((one) => ({ id: `id-${one}`, text: one })),
});

export function response(fields: Field[], eventId = `tally-${(events += 1)}`) {
  return {
    json: {
      eventId,
      eventType: "FORM_RESPONSE",
      createdAt: "2026-11-20T10:55:00.000Z",
      data: {
        responseId: "r",
        formName: "Enquiry",
        fields: fields.map((field, index) => ({ key: `question_${index}`, ...field })),
      },
    },
  };
}

export const uploaded = (name: string) => [{
  id: name,
  name,
  url: `https://storage.example/${name}`,
  mimeType: "image/png",
  size: 16233,
}];
