import type { ConsolePage } from "../console-page.ts";
import { DeliveryPage } from "./delivery-page.tsx";
import { EditPage } from "./edit-page.tsx";
import { FormPage } from "./forms/form-page.tsx";
import { NewFormPage } from "./forms/new-form-page.tsx";
import { NewSourcePage } from "./new-source-page.tsx";
import { SourcePage } from "./source-page.tsx";
import { SourcesPage } from "./sources-page.tsx";

export const SOURCES: readonly ConsolePage[] = [
  { pattern: "/sources", menu: "Sources", role: "admin", show: () => <SourcesPage /> },
  { pattern: "/sources/new", role: "admin", show: () => <NewSourcePage /> },
  { pattern: "/sources/forms/new", role: "admin", show: () => <NewFormPage /> },
  {
    pattern: "/sources/forms/:id",
    role: "admin",
    show: ({ id = "" }) => <FormPage id={id} />,
  },
  { pattern: "/sources/:id", role: "admin", show: ({ id = "" }) => <SourcePage id={id} /> },
  { pattern: "/sources/:id/edit", role: "admin", show: ({ id = "" }) => <EditPage id={id} /> },
  {
    pattern: "/sources/:id/deliveries/:delivery",
    role: "admin",
    show: ({ id = "", delivery = "" }) => <DeliveryPage connectorId={id} id={delivery} />,
  },
];
