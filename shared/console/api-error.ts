/** What is wrong with one field of a request. */
export interface FieldError {
  field: string;
  message: string;
}

/** A refusal of one of the APIs, or that none could be reached. */
export class ApiError extends Error {
  override name = "ApiError";
  /** 0 when there was no answer. */
  readonly status: number;
  readonly code: string;
  readonly fields: readonly FieldError[];
  readonly requestId: string | null;
  /** The number of the record that is in the way, where LIO tells one. */
  readonly existingId: number | null;
  /** What kind of refusal it is, where the native API or LIO tells one, such as `not_connected`. */
  readonly type: string | null;

  constructor(
    status: number,
    code: string,
    message: string,
    fields: readonly FieldError[] = [],
    requestId: string | null = null,
    existingId: number | null = null,
    type: string | null = null,
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.requestId = requestId;
    this.existingId = existingId;
    this.type = type;
  }

  /** The same refusal, with what is wrong told of other fields. */
  withFields(fields: readonly FieldError[]): ApiError {
    const { status, code, message, requestId, existingId, type } = this;
    return new ApiError(status, code, message, fields, requestId, existingId, type);
  }
}

interface Told {
  message?: string;
  code?: string;
  /** LeadHub: the messages of each field. */
  errors?: Record<string, string[]>;
  /** The native API and LIO. */
  error?: {
    code?: string;
    message?: string;
    type?: string;
    fields?: FieldError[];
    details?: { fields?: FieldError[]; code?: string };
    existing_id?: number;
  };
}

/** The refusal that an answer tells, in the words of whichever API it is. */
export function errorOf(response: Response, body: unknown): ApiError {
  const told = (typeof body === "object" && body !== null ? body : {}) as Told;
  const message = told.error?.message ?? told.message ?? `The server answered ${response.status}.`;
  return new ApiError(
    response.status,
    told.error?.code ?? told.error?.type ?? told.code ?? "",
    message,
    fieldsOf(told),
    response.headers.get("x-request-id"),
    told.error?.existing_id ?? null,
    told.error?.type ?? told.error?.details?.code ?? null,
  );
}

/**
 * A refusal that tells what is wrong within a field, such as `list[0].name`, of the field of a form itself, with
 * which of its entries it is.
 */
export function besideFields(error: unknown, names: readonly string[], before = ""): unknown {
  if (!(error instanceof ApiError)) return error;
  return error.withFields(error.fields.map(({ field, message }) => {
    const own = field.startsWith(before) ? field.slice(before.length) : field;
    const isIn = (name: string) => own === name || /^[.[]/.test(own.slice(name.length));
    const name = names.find((one) => own.startsWith(one) && isIn(one));
    if (name === undefined) return { field, message };
    const [, entry] = /^\[(\d+)\]/.exec(own.slice(name.length)) ?? [];
    return {
      field: name,
      message: entry === undefined ? message : `Entry ${Number(entry) + 1}: ${message}`,
    };
  }));
}

function fieldsOf({ error, errors }: Told): FieldError[] {
  const listed = error?.fields ?? error?.details?.fields;
  if (listed) return listed;
  return Object.entries(errors ?? {}).flatMap(([field, messages]) =>
    messages.map((message) => ({ field, message }))
  );
}
