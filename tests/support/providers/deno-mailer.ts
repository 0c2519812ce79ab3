// A Deno program: sends what it is told, a JSON line each, as the worker does in the hosted runtime, and
// prints what became of it.
import { networksOf } from "../../../shared/providers/outgoing/networks.ts";
import { mailerOf } from "../../../shared/providers/mail/send.ts";

const lines = Deno.stdin.readable
  .pipeThrough(new TextDecoderStream())
  .pipeThrough(splitLines());

for await (const line of lines) void answered(line);

async function answered(line: string): Promise<void> {
  const { id, account, mail, find, env, timeoutMs } = JSON.parse(line);
  const rotated: string[] = [];
  const mailer = await mailerOf(account, {
    env,
    networks: networksOf(env.OUTBOUND_PRIVATE_NETWORKS),
    clientName: "client.example.com",
    rotated: (token) => rotated.push(token),
  });
  const signal = AbortSignal.timeout(timeoutMs);
  const outcome = find === undefined
    ? await mailer.send({ ...mail, date: new Date(mail.date) }, {
      signal,
      handOver: async () => {},
    })
    : await mailer.find?.(find, signal) ?? null;
  console.log(JSON.stringify({ id, outcome, rotated }));
}

function splitLines(): TransformStream<string, string> {
  let rest = "";
  return new TransformStream({
    transform(chunk, controller) {
      const parts = (rest + chunk).split("\n");
      rest = parts.pop() ?? "";
      for (const part of parts) controller.enqueue(part);
    },
  });
}
