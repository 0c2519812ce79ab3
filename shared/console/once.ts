import { useRef } from "preact/hooks";

/** Gives a key for each body that is sent: the same to one that is sent again, so that it is done once. */
export function useOnceKey(): (body: unknown) => string {
  const last = useRef({ text: "", key: "" });
  return (body) => {
    const text = JSON.stringify(body);
    if (last.current.text !== text) last.current = { text, key: crypto.randomUUID() };
    return last.current.key;
  };
}
