import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { projectRoot } from "../../supabase/local/paths.ts";
import { denoBinary } from "../support/deno.ts";

// Deno's streams and Node's differ in what becomes of a body that a decompressor gave up.
const RUN = `
  import { readText } from "./shared/http/body.ts";
  import { drain } from "./shared/http/drain.ts";
  const zeros = new Response(new Uint8Array(100_000)).body;
  const packed = await new Response(zeros.pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
  const outcomes = [];
  for (const begin of [new Uint8Array(packed), new Uint8Array(1_000)]) {
    let left = 10;
    const body = new ReadableStream({
      pull(controller) {
        if (left-- === 10) controller.enqueue(begin);
        else if (left >= 0) controller.enqueue(new Uint8Array(10_000));
        else controller.close();
      },
    });
    const headers = { "content-encoding": "gzip" };
    const request = new Request("http://localhost/", { method: "POST", body, headers });
    const code = await readText(request, 1_000).catch(({ kind }) => kind);
    await drain(request);
    outcomes.push([code, left < 0]);
  }
  console.log(JSON.stringify(outcomes));
`;

test("what is left of a packed body that is refused is read, too, under Deno", async () => {
  const options = { cwd: projectRoot };
  const { stdout } = await promisify(execFile)(denoBinary, ["eval", RUN], options);
  expect(JSON.parse(stdout)).toEqual([["too_large", true], ["invalid", true]]);
});
