import { once } from "node:events";
import { expect, test } from "vitest";
import { aiGateway, aiWorld, dataOf } from "../support/lio-ai.ts";
import { LioClient } from "../support/lio.ts";
import { modelAnswers, type ModelApi } from "../support/providers/openai-answers.ts";
import { standIn } from "../support/providers/stand-in.ts";
import { afterwards, asOwner, eventually } from "../support/workspace.ts";

const silence = () => new Promise<string>(() => {});

test("functions killed while a model is asked: nothing is charged, then once", async () => {
  const model: ModelApi = { asked: [], says: [] };
  const { url } = await standIn((request) => modelAnswers(model, request));
  const doomed = await aiGateway(url);
  const world = await aiWorld(`http://127.0.0.1:${doomed.port}`);
  const request = { body: { noteText: "Hi" }, headers: { "idempotency-key": "key" } };
  const send = (api: LioClient) => api.send("POST", "ai-tools/magicpen", request);
  model.says.push(silence, silence);
  const lost = [
    send(world.api),
    world.api.send("POST", "ai-tools/magicpen", { body: request.body }),
  ];
  const ended = Promise.allSettled(lost);
  await eventually(async () => model.asked.length === 2);
  const gone = once(doomed.child, "exit");
  doomed.child.kill("SIGKILL");
  await gone;
  expect((await ended).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await world.credits()).toEqual({ balance: 100, held: 2, amounts: [] });

  const next = await aiGateway(url);
  afterwards(() => next.stop());
  const api = new LioClient(`http://127.0.0.1:${next.port}`, world.api.key);
  await asOwner("update crm.ledger_holds set expires_at = now() where workspace_id = $1", [
    world.id,
  ]);
  await asOwner("update crm.idempotency_keys set held_until = now() where workspace_id = $1", [
    world.id,
  ]);
  const answer = dataOf(await send(api));
  expect(answer).toMatchObject({ credits_used: 1, credits_balance: 99 });
  expect(dataOf(await send(api))).toEqual(answer);
  expect(model.asked).toHaveLength(3);
  // What nobody came back for is held no more: all the rest can be spent.
  // A request waits at most 10 s for its turn, so that they do not all come at once.
  for (let turn = 0; turn < 7; turn++) {
    const some = await Promise.all(
      Array.from({ length: 7 }, () => api.post("ai-tools/email-generator", { prompt: "Hi" })),
    );
    expect(some.map(({ status }) => status)).toEqual(some.map(() => 200));
  }
  dataOf(await api.post("ai-tools/magicpen", { noteText: "Hi" }));
  expect(await world.credits()).toMatchObject({ balance: 0 });
});
