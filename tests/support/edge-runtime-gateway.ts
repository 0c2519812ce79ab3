// Runs under Deno: the gateway where functions may go on after their answer, as in the hosted runtime.

(globalThis as { EdgeRuntime?: unknown }).EdgeRuntime = {
  waitUntil(promise: Promise<unknown>): void {
    console.log("background begun");
    promise.then(
      () => console.log("background done"),
      (error) => console.log(`background failed: ${error}`),
    );
  },
};

await import("../../supabase/local/gateway.ts");
