/**
 * A Content-Disposition (RFC 6266) with a file's name: in ASCII, and as it is for who reads RFC 8187, which succeeds
 * RFC 5987.
 */
export function contentDisposition(kind: "inline" | "attachment", name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\x20-\x7e]|["%\\]/gu, "_");
  return `${kind}; filename="${plain}"; filename*=UTF-8''${escaped(name)}`;
}

function escaped(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
