import * as z from "zod";
import type { Outcome } from "../../http/call.ts";
import type { Call } from "../../http/call.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import type { Kind } from "../../refusals/refusal.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { pathNumber, readQuery } from "./reading.ts";
import { discard, type FileRule, formLimit, UploadedFile, uploadedForm } from "./uploaded-form.ts";

/** The media type of a form with a file. */
export const MULTIPART = "multipart/form-data";

/** A file of a form, whose bytes are stored. */
export interface Received {
  bytesId: string;
  file_name: string;
  mime_type: string;
}

/** What takes a form with a file. */
export interface Upload<T extends z.ZodRawShape> extends FormRule {
  id: string;
  summary: string;
  /** The fields beside the file. */
  fields(): T;
  /** A file that is taken, where not any is. */
  example?: string;
  answers(): Readonly<Record<number, z.ZodType>>;
  refusals?: readonly Kind[];
  /** Writes what keeps the file, and answers. */
  write(
    call: Call<LioCaller>,
    given: z.output<z.ZodObject<T>>,
    file: Received,
  ): Promise<Outcome>;
}

/** Which field of a form is a file, and what of one is taken. */
export interface FormRule extends FileRule {
  /** What the file is to be, for who sends another: pictures alone. */
  pictures?: string;
}

/** The check of a file in a form. */
export const anyFile = (example: string | undefined) =>
  z.custom<UploadedFile>((given) => given instanceof UploadedFile, "Must be a file")
    .meta({ type: "string", format: "binary", ...(example ? { examples: [example] } : {}) });

/** The body of an operation that reads a form as it comes. */
export function formBody(rule: FileRule) {
  return {
    limit: formLimit(rule),
    accepts: (type: string) => type === MULTIPART,
    expected: MULTIPART,
    coming: true as const,
  };
}

/** POST: takes a form with a file. */
export function upload<T extends z.ZodRawShape>(rule: Upload<T>): LioOperation {
  const { id, summary, field, answers, refusals = [] } = rule;
  const body = lazy(() => z.strictObject({ ...rule.fields(), [field]: anyFile(rule.example) }));
  const read = (values: Record<string, unknown>) =>
    validated(body(), values) as z.output<z.ZodObject<T>>;
  return {
    kind: "write",
    body: formBody(rule),
    get contract() {
      return {
        id,
        summary,
        body: body(),
        forms: "multipart" as const,
        answers: answers(),
        refusals,
      };
    },
    async run(call) {
      readQuery(call, noParameters());
      if ("id" in call.params) pathNumber(call, "id");
      return await received(call, rule, read, async (given, file) => {
        if (file === null) throw new Error("a form without a file was taken");
        return await rule.write(call, given, file);
      });
    },
  };
}

/**
 * Takes a form: `read` checks its fields, `write` writes what keeps the file, if there is one. A file that is
 * not kept is removed. Throws Refusal, with every mistake.
 */
export async function received<T>(
  call: Call<LioCaller>,
  rule: FormRule,
  read: (values: Record<string, unknown>) => T,
  write: (given: T, file: Received | null) => Promise<Outcome>,
): Promise<Outcome> {
  const { field, pictures } = rule;
  const { values, mistakes, file } = await uploadedForm(call, rule);
  try {
    if (pictures && file?.stored && file.stored.size > 0 && !file.isPicture) {
      mistakes.push({ field, message: pictures });
    }
    const [, given] = collectMistakes(
      () => {
        if (mistakes.length > 0) throw new InvalidInput(mistakes);
      },
      () => read(values),
    );
    const kept = values[field] === file ? file : null;
    const outcome = await write(given, kept?.stored ? ofStored(kept, kept.stored.id) : null);
    if (outcome.replayed || kept === null) await discard(call, file);
    return outcome;
  } catch (error) {
    await discard(call, file).catch(() => {});
    throw error;
  }
}

function ofStored({ file_name, mime_type }: UploadedFile, bytesId: string): Received {
  return { bytesId, file_name, mime_type };
}
