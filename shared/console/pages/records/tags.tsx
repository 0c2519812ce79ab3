import { useId, useState } from "preact/hooks";
import { useInTurn } from "./in-turn.ts";
import { isAtLeast } from "../../session.ts";
import { Action } from "../../ui/action.tsx";
import { Form } from "../../ui/form.tsx";
import type { Tag, Word } from "./answers.ts";

interface TagsProps {
  tags: readonly Tag[];
  /** Tags that can be chosen. */
  known: readonly Word[];
  /** Gives the record these tags in place of its own: by their numbers, or new ones by name. */
  save(tags: readonly (number | string)[]): Promise<void>;
}

/** The tags of a record; one is added by its name, and taken away by a button. */
export function Tags({ tags, known, save }: TagsProps) {
  const [text, setText] = useState("");
  const list = useId();
  const id = useId();
  const change = useInTurn<number | string>(tags.map((tag) => tag.id), save);
  const mayWrite = isAtLeast("rep");
  const add = async () => {
    const name = text.trim();
    if (name === "") return;
    const has = known.find((one) => one.name.toLowerCase() === name.toLowerCase());
    await change((ids) => [...ids, has?.id ?? name]);
    setText("");
  };
  return (
    <section class="card" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>Tags</h2>
      {tags.length === 0 && <p class="quiet">No tags yet.</p>}
      {tags.length > 0 && (
        <ul class="records-tags">
          {tags.map((tag) => (
            <li key={tag.id} class="badge">
              <bdi>{tag.name}</bdi>
              {mayWrite && (
                <Action
                  class="plain"
                  label={`Remove tag ${tag.name}`}
                  run={() => change((ids) => ids.filter((one) => one !== tag.id))}
                >
                  ×
                </Action>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <div class="records-inline">
          <Form submit="Add tag" onSubmit={add}>
            {() => (
              <div class="field">
                <label for={id}>New tag</label>
                <input
                  id={id}
                  list={list}
                  dir="auto"
                  autocomplete="off"
                  value={text}
                  onInput={(event) => setText(event.currentTarget.value)}
                />
                <datalist id={list}>
                  {known.map((one) => <option key={one.id} value={one.name} />)}
                </datalist>
              </div>
            )}
          </Form>
        </div>
      )}
    </section>
  );
}
