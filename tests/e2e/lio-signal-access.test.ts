import { expect, test } from "vitest";
import { expectLioError, expectLioFields, type LioUser, lioWorld } from "../support/lio.ts";
import { signalWorld } from "../support/lio-signals.ts";
import { eventually } from "../support/workspace.ts";

test("the score of a lead follows its signals within seconds", async () => {
  const { admin, lead, score } = await signalWorld();
  const jane = await lead({ email: "jane@acme.com" });
  await eventually(async () => await score(jane) === 15);
  await admin.api.made("v1/intent-signal", { lead_id: jane, signal_type: "demo_requested" });
  await eventually(async () => await score(jane) === 45);
  expect(await score(jane)).toBe(45);
});

test("a Rep knows signals and alerts of the leads that they see, and a Viewer logs none", async () => {
  const { admin, user, lead } = await signalWorld();
  const [rep, other, viewer] = [await user("rep"), await user("rep"), await user("viewer")];
  const [own, others, nobodys] = [
    await lead({ first_name: "Own", assigned_to: rep.number }),
    await lead({ first_name: "Other", assigned_to: other.number }),
    await lead({ first_name: "Nobody" }),
  ];
  for (const lead_id of [own, others, nobodys]) {
    await admin.api.made("v1/intent-signal", { lead_id, signal_type: "demo_requested" });
  }
  const of = async ({ api }: LioUser, path = "list") =>
    (await api.get(`intent-alert/${path}`)).body.data.map(({ lead_id }: { lead_id: number }) =>
      lead_id
    );
  expect(await of(admin)).toEqual([nobodys, others, own]);
  expect(await of(rep)).toEqual([nobodys, own]);
  expect((await rep.api.get("intent-alert/list")).body.total).toBe(2);
  expect(await of(rep, "hot-leads")).toEqual([nobodys, own]);
  expectLioError(await rep.api.get(`intent-alert/lead/${others}`), 404, "not_found");
  const unseen = await rep.api.post("v1/intent-signal", { lead_id: others, signal_type: "manual" });
  expectLioFields(unseen, 422, "lead_id");
  const hidden = (await admin.api.read(`intent-alert/lead/${others}`))[0].id;
  expectLioError(await rep.api.post(`intent-alert/acknowledge/${hidden}`, {}), 404, "not_found");
  expect(await of(viewer)).toEqual([nobodys, others, own]);
  const refused = await viewer.api.post("v1/intent-signal", {
    lead_id: own,
    signal_type: "manual",
  });
  expectLioError(refused, 403, "permission_error", "role");
});

test("an API key is no proof here", async () => {
  const { keyed } = await lioWorld();
  const api = await keyed();
  expectLioError(await api.get("intent-alert/list"), 401, "authentication_error", "token_missing");
  expectLioError(
    await api.post("v1/intent-signal", {}),
    401,
    "authentication_error",
    "token_missing",
  );
});
