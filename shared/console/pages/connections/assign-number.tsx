import { useState } from "preact/hooks";
import { tell } from "../../toasts.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { CheckField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { assignNumber, type Person, type PhoneNumber } from "./telephone.ts";

interface AssignNumberProps {
  number: PhoneNumber;
  people: readonly Person[];
  done(): void;
}

/** A button that says whom a number rings. */
export function AssignNumber(props: AssignNumberProps) {
  const [isOpen, setOpen] = useState(false);
  const { number: { phone_number } } = props;
  const close = () => setOpen(false);
  return (
    <>
      <button
        type="button"
        aria-label={`Choose whom ${phone_number} rings`}
        onClick={() => setOpen(true)}
      >
        Choose
      </button>
      {isOpen && (
        <Dialog title={`Whom ${phone_number} rings`} onClose={close}>
          <Choice {...props} close={close} />
        </Dialog>
      )}
    </>
  );
}

function Choice({ number, people, done, close }: AssignNumberProps & { close(): void }) {
  // Who is not active any more is none of the users that can be chosen, nor be kept.
  const [chosen, setChosen] = useState(() =>
    number.assigned_user_ids.filter((id) => people.some((one) => one.id === id))
  );
  const save = async () => {
    await assignNumber(number.id, chosen);
    tell(`${number.phone_number} rings whom you chose.`);
    close();
    done();
  };
  return (
    <Form
      submit="Save"
      onSubmit={save}
      more={<button type="button" onClick={close}>Cancel</button>}
    >
      {() => (
        <fieldset>
          <legend>Users</legend>
          <div class="choices">
            {people.map(({ id, name }) => (
              <CheckField
                key={id}
                label={<bdi>{name}</bdi>}
                checked={chosen.includes(id)}
                onChange={(isChosen) =>
                  setChosen([...chosen.filter((one) => one !== id), ...(isChosen ? [id] : [])])}
              />
            ))}
          </div>
        </fieldset>
      )}
    </Form>
  );
}
