import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { lioWorld } from "../support/lio.ts";
import { leadOf } from "../support/lio-leads.ts";

const events = (items: Json[]) => items.map(({ event }) => event);

test("that a meeting was made is told of its lead; all that happens to it, of itself", async () => {
  const { admin: { api, number }, user } = await lioWorld();
  const feed = (query = "", by = api) => by.read(`feed/list${query}`);
  const { id: jane } = await leadOf(api, { email: "jane@acme.com" });
  const times = { start_time: "2030-07-01T09:00:00Z", end_time: "2030-07-01T09:30:00Z" };
  const { id } = await api.made("meeting/add", { title: "Demo", lead_id: jane, ...times });
  await api.done(`meeting/update/${id}`, { start_time: "2030-07-01T09:15:00Z", lead_id: null });
  const made = {
    event: "meeting_scheduled",
    title: "Meeting scheduled: Demo",
    changes: {},
    user_id: number,
  };
  const moved = {
    event: "updated",
    changes: {
      start_time: { from: "2030-07-01T09:00:00.000Z", to: "2030-07-01T09:15:00.000Z" },
      status: { from: 1, to: 2 },
      lead_id: { from: jane, to: null },
    },
  };
  const itself = { model_type: "meeting", model_id: id };
  expect(await feed("?limit=2")).toMatchObject([
    { ...itself, ...moved },
    { ...made, model_type: "lead", model_id: jane },
  ]);
  const all = [{ ...itself, ...moved }, { ...itself, ...made }];
  expect(await feed("?model_type=meeting")).toMatchObject(all);
  expect(await feed(`?model_type=meeting&model_id=${id}`)).toMatchObject(all);
  expect(await feed(`?model_type=meeting&model_id=${id}`, (await user("rep")).api)).toEqual([]);
  await api.made("meeting/add", { title: "Kept", lead_id: jane, ...times });
  const ofJane = await feed(`?model_type=lead&model_id=${jane}`);
  expect(events(ofJane)).toEqual(["meeting_scheduled", "created"]);
  await api.send("DELETE", `meeting/delete/${id}`);
  expect(events(await feed("?model_type=meeting&limit=1"))).toEqual(["deleted"]);
});
