import { Buffer } from "node:buffer";
import { fileName, isExecutable } from "../../files/file-name.ts";
import { atMost, Head } from "../../files/passing.ts";
import { fileStore, StorageFailed, type StoredBytes } from "../../files/store.ts";
import { unstorableText } from "../../formats/json.ts";
import { decoded, parameter } from "../../formats/multipart.ts";
import { type ComingPart, comingParts } from "../../formats/multipart-stream.ts";
import { readChunks } from "../../http/body.ts";
import type { Call } from "../../http/call.ts";
import { type FieldError, InvalidInput } from "../../refusals/errors.ts";
import { Refusal } from "../../refusals/refusal.ts";
import type { LioCaller } from "./caller.ts";

/** The most bytes of a text field, and of all of a form that is not its file. */
const MOST_TEXT = 64 * 1024;
const MOST_PARTS = 100;
const RETRY_SECONDS = 5;

/** The file of a form. */
export class UploadedFile {
  constructor(
    readonly file_name: string,
    readonly mime_type: string,
    readonly isPicture: boolean,
    /** Null of one that is refused for its name. */
    readonly stored: StoredBytes | null,
  ) {}
}

/** A form as it was sent. */
export interface UploadedForm {
  /** Texts and files by the names of their fields. */
  values: Record<string, unknown>;
  mistakes: FieldError[];
  file: UploadedFile | null;
}

/** Which field of a form is a file, and its most bytes. */
export interface FileRule {
  field: string;
  most: number;
}

/** The most bytes of a form with such a file. */
export function formLimit({ most }: FileRule): number {
  return most + MOST_TEXT;
}

type Sent = Call<LioCaller>;

/** Reads a form as it comes, and stores its file, which is nobody's yet. Throws Refusal: then nothing is left. */
export async function uploadedForm(call: Sent, rule: FileRule): Promise<UploadedForm> {
  const form = new Reading(call, rule);
  try {
    const type = call.request.headers.get("content-type") ?? "";
    for await (const part of comingParts(type, readChunks(call.request, formLimit(rule)))) {
      await form.take(part);
    }
  } catch (error) {
    await discard(call, form.file);
    throw refused(error);
  }
  // What an idempotency key is given for: the boundary differs each time.
  call.text = form.digest();
  return form;
}

/** Removes the file of a form that no record keeps. */
export async function discard({ workspace, services }: Sent, file: UploadedFile | null) {
  if (file?.stored) await fileStore(workspace, services.env).discard(file.stored.id);
}

function refused(error: unknown): unknown {
  if (error instanceof StorageFailed) {
    const message = "Files cannot be stored at the moment; try again.";
    return new Refusal("unavailable", message, { retry_after: RETRY_SECONDS }, { cause: error });
  }
  if (!(error instanceof InvalidInput)) return error;
  return new InvalidInput(error.fields.map((one) => ({ ...one, in: "format" as const })));
}

class Reading implements UploadedForm {
  readonly mistakes: FieldError[] = [];
  file: UploadedFile | null = null;
  readonly #call: Sent;
  readonly #rule: FileRule;
  readonly #values = new Map<string, unknown>();
  #parts = 0;

  constructor(call: Sent, rule: FileRule) {
    this.#call = call;
    this.#rule = rule;
  }

  get values(): Record<string, unknown> {
    return Object.fromEntries(this.#values);
  }

  digest(): string {
    const told = [...this.#values].map(([name, value]) =>
      value instanceof UploadedFile
        ? [name, value.file_name, Buffer.from(value.stored?.hash ?? []).toString("hex")]
        : [name, value]
    );
    return JSON.stringify(told);
  }

  async take(part: ComingPart): Promise<void> {
    const { name, filename } = part;
    if (++this.#parts > MOST_PARTS) {
      const message = `Must have at most ${MOST_PARTS} fields.`;
      throw new InvalidInput([{ field: "body", message }]);
    }
    if (this.#values.has(name)) {
      this.mistakes.push({ field: name, message: "Must be given once." });
    } else if (filename === null) {
      await this.#takeText(part);
    } else if (name !== this.#rule.field) {
      this.#values.set(name, { filename });
    } else {
      await this.#takeFile(part, filename);
    }
  }

  async #takeText(part: ComingPart): Promise<void> {
    const charset = parameter(part.contentType ?? "", "charset")?.toLowerCase() ?? "utf-8";
    const bytes = await new Response(atMost(part.content, MOST_TEXT)).arrayBuffer();
    const { text, message } = textOf(new Uint8Array(bytes), charset);
    if (message !== null) this.mistakes.push({ field: part.name, message });
    this.#values.set(part.name, text);
  }

  async #takeFile({ name: field, content }: ComingPart, given: string): Promise<void> {
    const name = fileName(given);
    const isRefused = isExecutable(name);
    if (isRefused) {
      this.mistakes.push({ field, message: "Must not be a program or a script." });
      this.#values.set(field, new UploadedFile(name, "", false, null));
      return;
    }
    const head = new Head();
    const { workspace, services: { env } } = this.#call;
    const bytes = atMost(content, this.#rule.most).pipeThrough(head.seen);
    const stored = await fileStore(workspace, env).write(bytes);
    const { fileType, isWholePicture } = await import("../../files/file-type.ts");
    const type = await fileType(name, head.bytes);
    const isPicture = await isWholePicture(head.bytes, stored.size);
    this.file = new UploadedFile(name, type, isPicture, stored);
    // A form in which no file was chosen has an empty one without a name.
    if (stored.size > 0 || given !== "") this.#values.set(field, this.file);
    if (stored.size === 0 && given !== "") {
      this.mistakes.push({ field, message: "Must not be empty." });
    }
  }
}

function textOf(bytes: Uint8Array, charset: string): { text: string; message: string | null } {
  try {
    const text = decoded(bytes, charset);
    return { text, message: unstorableText(text) };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return { text: "", message: error.fields[0]?.message ?? error.message };
  }
}
