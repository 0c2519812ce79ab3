import { useState } from "preact/hooks";
import { lio, type LioPage } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { query, setQuery } from "../../router.ts";
import { isAtLeast } from "../../session.ts";
import { tell } from "../../toasts.ts";
import { Action } from "../../ui/action.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Failure } from "../../ui/failure.tsx";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import type { OneAnswer, SavedView } from "./answers.ts";
import { type Given, instead } from "./filters.ts";
import { newKey, useOnce } from "../../once.ts";

interface ViewsProps {
  module: "lead" | "contact" | "company";
  /** What the list shows without a view. */
  all: string;
  names: readonly string[];
  given: Given;
}

/** Views of a list: chosen, saved with the filters of now, and deleted. */
export function Views({ module, all, names, given }: ViewsProps) {
  const views = useLoad(
    (signal) =>
      lio.get<LioPage<SavedView>>("custom-view/list", {
        module_name: module,
        limit: 500,
        order_by: "view_name",
        order_in: "ASC",
      }, signal),
    [module],
  );
  if (views.error) return <Failure error={views.error} retry={views.reload} />;
  const known = views.data?.data ?? [];
  const chosen = known.find(({ id }) => String(id) === query.value.get("view"));
  const choose = (id: string) => {
    const view = known.find((one) => String(one.id) === id);
    setQuery({
      ...instead(names, view && filtersOf(view)),
      view: view ? id : null,
      page: null,
    });
  };
  return (
    <div class="filters records-views">
      <SelectField
        label="View"
        value={chosen ? String(chosen.id) : ""}
        onChange={choose}
        choices={[["", all], ...known.map((one) => [String(one.id), one.view_name] as const)]}
      />
      {isAtLeast("rep") && (
        <ViewActions module={module} given={given} chosen={chosen} reload={views.reload} />
      )}
    </div>
  );
}

function ViewActions(
  { module, given, chosen, reload }: Pick<ViewsProps, "module" | "given"> & {
    chosen: SavedView | undefined;
    reload(): void;
  },
) {
  const [isSaving, setSaving] = useState(false);
  const isOwn = chosen !== undefined && (chosen.is_owner || isAtLeast("admin"));
  const isChanged = chosen !== undefined && !isSame(filtersOf(chosen), given);
  return (
    <div class="actions">
      {isOwn && isChanged && (
        <Action
          run={async () => {
            await lio.post(`custom-view/update/${chosen.id}`, partsOf(given), {
              idempotencyKey: newKey(),
            });
            tell("View saved.");
            reload();
          }}
        >
          Save view
        </Action>
      )}
      <button type="button" onClick={() => setSaving(true)}>Save as view…</button>
      {isOwn && (
        <Confirm
          button="Delete view"
          question="Delete this view?"
          run={async () => {
            await lio.delete(`custom-view/delete/${chosen.id}`, { idempotencyKey: newKey() });
            setQuery({ view: null });
            tell("View deleted.");
            reload();
          }}
        >
          <p>
            The view <bdi>{chosen.view_name}</bdi> goes for everybody who sees it; the records stay.
          </p>
        </Confirm>
      )}
      {isSaving && (
        <SaveView
          module={module}
          given={given}
          onClose={(id) => {
            setSaving(false);
            if (id === null) return;
            reload();
            setQuery({ view: String(id) });
          }}
        />
      )}
    </div>
  );
}

function SaveView(
  { module, given, onClose }: Pick<ViewsProps, "module" | "given"> & {
    onClose(id: number | null): void;
  },
) {
  const [name, setName] = useState("");
  const [visibility, setVisibility] = useState("private");
  const once = useOnce();
  const save = async () => {
    const body = { module_name: module, view_name: name, visibility, ...partsOf(given) };
    const { data } = await once(
      body,
      (idempotencyKey) =>
        lio.post<OneAnswer<SavedView>>("custom-view/add", body, { idempotencyKey }),
    );
    tell("View saved.");
    onClose(data.id);
  };
  return (
    <Dialog title="Save as view" onClose={() => onClose(null)}>
      <Form submit="Save view" onSubmit={save} fields={["view_name", "visibility"]}>
        {(errorOf) => (
          <>
            <TextField
              label="Name"
              value={name}
              onChange={setName}
              error={errorOf("view_name")}
              hint="It keeps the filters and the order that are chosen now."
            />
            <SelectField
              label="Who sees it"
              value={visibility}
              onChange={setVisibility}
              error={errorOf("visibility")}
              choices={[["private", "Only me"], ["team", "My team"], ["public", "Everybody"]]}
            />
          </>
        )}
      </Form>
    </Dialog>
  );
}

/** A view's filters and order, as the address has them. */
function filtersOf({ filters, sorting }: SavedView): Given {
  const texts = Object.entries(filters).map(([name, value]) =>
    [name, Array.isArray(value) ? value.join(",") : String(value)] as const
  );
  return { ...Object.fromEntries(texts), ...sorting };
}

function partsOf({ order_by, order_in, ...filters }: Given) {
  const sorting = order_by === undefined
    ? {}
    : { order_by, ...(order_in === undefined ? {} : { order_in }) };
  return { filters, sorting };
}

function isSame(one: Given, other: Given): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => one[name] === other[name]);
}
