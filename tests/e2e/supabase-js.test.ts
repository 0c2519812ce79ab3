import { createClient, FunctionRegion } from "@supabase/supabase-js";
import { expect, inject, test } from "vitest";
import { testWorkspace } from "../support/workspace.ts";

test("supabase-js invokes the functions with an API key, in a region of its choice", async () => {
  const { key } = await testWorkspace();
  // Node 20 has no WebSocket, which only realtime would use.
  const realtime = { transport: EventTarget as never };
  const { functions } = createClient(inject("gatewayUrl"), await key(), { realtime });
  const created = await functions.invoke("v1-public-contacts", {
    body: { email: "jane@example.com" },
    region: FunctionRegion.EuCentral1,
  });
  expect([created.error, created.data.data.created]).toEqual([null, true]);
  const listed = await functions.invoke("v1-public-contacts-crud?per_page=1", {
    method: "GET",
    region: FunctionRegion.EuCentral1,
  });
  expect([listed.error, listed.data.data.pagination.total]).toEqual([null, 1]);
});
