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

const MULTIPART = "multipart/form-data";

/** A file of a form, whose bytes are stored. */
export interface Received {
  bytesId: string;
  file_name: string;
  mime_type: string;
}

/** What takes a form with a file. */
export interface Upload<T extends z.ZodRawShape> extends FileRule {
  id: string;
  summary: string;
  /** The fields beside the file. */
  fields(): T;
  /** What the file is to be, for who sends another: pictures alone. */
  pictures?: string;
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

const anyFile = (example: string | undefined) =>
  z.custom<UploadedFile>((given) => given instanceof UploadedFile, "Must be a file")
    .meta({ type: "string", format: "binary", ...(example ? { examples: [example] } : {}) });

/** POST: takes a form with a file. */
export function upload<T extends z.ZodRawShape>(rule: Upload<T>): LioOperation {
  const { id, summary, field, answers, refusals = [] } = rule;
  const body = lazy(() => z.strictObject({ ...rule.fields(), [field]: anyFile(rule.example) }));
  return {
    kind: "write",
    body: {
      limit: formLimit(rule),
      accepts: (type) => type === MULTIPART,
      expected: MULTIPART,
      coming: true,
    },
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
      return await received(call, rule, body());
    },
  };
}

async function received<T extends z.ZodRawShape>(
  call: Call<LioCaller>,
  rule: Upload<T>,
  schema: z.ZodObject,
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
      () => validated(schema, values),
    );
    if (!file?.stored) throw new Error("a form without a file was taken");
    const { file_name, mime_type, stored } = file;
    const kept = { bytesId: stored.id, file_name, mime_type };
    const outcome = await rule.write(call, given as z.output<z.ZodObject<T>>, kept);
    if (outcome.replayed) await discard(call, file);
    return outcome;
  } catch (error) {
    await discard(call, file).catch(() => {});
    throw error;
  }
}
