import { expect, test } from "vitest";
import { expectLioError, expectLioFields } from "../support/lio.ts";
import { meetingAt, meetingWorld } from "../support/lio-meetings.ts";

test("a transcript is written with its meeting, and read by itself", async () => {
  const { admin: { api }, meeting } = await meetingWorld();
  const { id, ...shown } = await meeting();
  expect(shown).toMatchObject({ has_transcript: false });
  expectLioError(await api.get(`meeting/${id}/transcript`), 404, "not_found", "no_transcript");
  const entries = [
    { speaker: "Ann", text: "Hello", start: 0 },
    { speaker: null, text: "日本\n👋", start: "00:00:05" },
  ];
  const change = (transcript: unknown) => api.done(`meeting/update/${id}`, { transcript });
  expect(await change([entries[0], { text: "日本\n👋", start: "00:00:05" }]))
    .toMatchObject({ has_transcript: true });
  expect(await api.read(`meeting/${id}/transcript`))
    .toEqual({ meeting_id: id, transcript: entries, text: "Ann: Hello\n日本\n👋" });
  await change("All of it");
  expect(await api.read(`meeting/${id}/transcript`)).toEqual({
    meeting_id: id,
    transcript: [{ speaker: null, text: "All of it", start: null }],
    text: "All of it",
  });
  expect(await change(null)).toMatchObject({ has_transcript: false });
  expectLioError(await api.get(`meeting/${id}/transcript`), 404, "not_found", "no_transcript");
});

test("a transcript has at most 400 KB", async () => {
  const { admin: { api }, meeting } = await meetingWorld();
  const whole = "ü".repeat(200 * 1024);
  const { id } = await meeting({ transcript: whole });
  expect((await api.read(`meeting/${id}/transcript`)).text).toBe(whole);
  const add = (transcript: unknown) => api.post("meeting/add", meetingAt(0, { transcript }));
  expectLioFields(await add(`${whole}x`), 422, "transcript");
  expectLioFields(await add([{ speaker: "x", text: whole }]), 422, "transcript");
  expectLioFields(await add([{ text: 1 }]), 422, "transcript");
  expectLioFields(await add([{ text: "a", start: -1 }]), 422, "transcript[0].start");
  expectLioFields(await add(7), 422, "transcript");
});
