// A Deno program: serves the default export of the module it is given, as the hosted runtime does,
// and prints the port.
const [entrypoint] = Deno.args;
if (!entrypoint) throw new Error("Give the URL of a function's entrypoint.");

const { default: app } = await import(entrypoint) as { default: { fetch: Deno.ServeHandler } };

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  handler: (request, info) => app.fetch(request, info),
  onListen: ({ port }) => console.log(`port ${port}`),
});
