import { fileTypeFromBuffer } from "file-type/core";
import { imageSize } from "image-size";
import { endingOf } from "./file-name.ts";
import { isPicture } from "./pictures.ts";

const UNKNOWN = "application/octet-stream";
const OOXML = "application/vnd.openxmlformats-officedocument";
const ODF = "application/vnd.oasis.opendocument";

/** What says nothing of its type at its beginning, by how the name ends. */
const BY_NAME: Readonly<Record<string, string>> = {
  ".txt": "text/plain",
  ".log": "text/plain",
  ".md": "text/markdown",
  ".csv": "text/csv",
  ".tsv": "text/tab-separated-values",
  ".json": "application/json",
  ".html": "text/html",
  ".htm": "text/html",
  ".css": "text/css",
  ".xml": "application/xml",
  ".svg": "image/svg+xml",
  ".ics": "text/calendar",
  ".vcf": "text/vcard",
  ".eml": "message/rfc822",
  ".yaml": "application/yaml",
  ".yml": "application/yaml",
};
/** What a container of others is, by how the name ends. */
const IN_CONTAINERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "application/zip": {
    ".docx": `${OOXML}.wordprocessingml.document`,
    ".xlsx": `${OOXML}.spreadsheetml.sheet`,
    ".pptx": `${OOXML}.presentationml.presentation`,
    ".odt": `${ODF}.text`,
    ".ods": `${ODF}.spreadsheet`,
    ".odp": `${ODF}.presentation`,
  },
  "application/x-cfb": {
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".msg": "application/vnd.ms-outlook",
  },
  "application/xml": { ".svg": "image/svg+xml" },
};

/** The media type of a file, by the beginning of its content, else by its name. */
export async function fileType(name: string, head: Uint8Array): Promise<string> {
  const ending = endingOf(name);
  const told = (await fileTypeFromBuffer(head).catch(() => undefined))?.mime;
  if (told !== undefined) return IN_CONTAINERS[told]?.[ending] ?? told;
  return BY_NAME[ending] ?? UNKNOWN;
}

/**
 * Whether a file is a picture with a size, by its beginning; the size of one that is longer than that may stand
 * further on.
 */
export async function isWholePicture(head: Uint8Array, size: number): Promise<boolean> {
  if (!isPicture(await fileType("", head))) return false;
  try {
    const { width, height } = imageSize(head);
    return width > 0 && height > 0;
  } catch {
    return size > head.byteLength;
  }
}
