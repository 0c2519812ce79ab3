/** The text of bytes in an encoding, without its byte order mark, as it comes. */
export function decodedText(
  bytes: ReadableStream<Uint8Array>,
  encoding = "utf-8",
): ReadableStream<string> {
  const decoder = new TextDecoderStream(encoding) as ReadableWritablePair<string, Uint8Array>;
  return bytes.pipeThrough(decoder);
}
