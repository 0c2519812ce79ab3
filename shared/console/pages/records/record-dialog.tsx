import { useState } from "preact/hooks";
import { ApiError } from "../../api-error.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { useOnce } from "../../once.ts";
import { type RecordField, RecordForm, type Sent, type Texts } from "./record-form.tsx";

interface RecordDialogProps {
  title: string;
  submit: string;
  fields: readonly RecordField[];
  initial?: Texts;
  isNew?: boolean;
  onClose(): void;
  /** Writes it; closed afterwards. Nothing is written where nothing was changed. */
  write(sent: Sent, idempotencyKey: string, texts: Texts): Promise<void>;
  /** Where the record is that is in the way of this one, by the number that the API tells. */
  pathOf?(existingId: number): string;
}

/** Makes or changes a record in a dialog. */
export function RecordDialog(
  { title, submit, fields, initial, isNew = false, onClose, write, pathOf }: RecordDialogProps,
) {
  const once = useOnce();
  const [existing, setExisting] = useState<number | null>(null);
  const save = async (sent: Sent, texts: Texts) => {
    setExisting(null);
    if (!isNew && Object.keys(sent).length === 0) return onClose();
    try {
      await once(sent, (key) => write(sent, key, texts));
    } catch (error) {
      if (error instanceof ApiError) setExisting(error.existingId);
      throw error;
    }
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <RecordForm
        fields={fields}
        {...(initial ? { initial } : {})}
        submit={submit}
        save={save}
        isNew={isNew}
      />
      {existing !== null && pathOf && (
        <p>
          <a href={`#${pathOf(existing)}`} onClick={onClose}>Open the one that is there</a>
        </p>
      )}
    </Dialog>
  );
}
