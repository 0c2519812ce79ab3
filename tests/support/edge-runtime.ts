// Runs under Deno, before the gateway: functions may go on after their answer, as in the hosted runtime,
// which tells the log when one begins to and has ended.

(globalThis as { EdgeRuntime?: unknown }).EdgeRuntime = {
  async waitUntil(promise: Promise<unknown>): Promise<void> {
    console.log("background begun");
    try {
      await promise;
      console.log("background done");
    } catch (error) {
      console.log(`background failed: ${error}`);
    }
  },
};
