/** The text of an answer's body as far as it came; empty unless whole. */
export interface Bounded {
  text: string;
  lacking: "cut" | "too large" | null;
}

/** Reads a body of at most so many bytes; a longer one is not waited for. */
export async function readBounded(response: Response, mostBytes: number): Promise<Bounded> {
  if (response.body === null) return { text: "", lacking: null };
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { text: text + decoder.decode(), lacking: null };
      bytes += value.byteLength;
      if (bytes > mostBytes) return { text: "", lacking: "too large" };
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    return { text: "", lacking: "cut" };
  } finally {
    // Of one that was read whole or cut there is nothing to cancel.
    reader.cancel().catch(() => {});
  }
}
