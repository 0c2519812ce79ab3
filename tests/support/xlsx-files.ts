import { Buffer } from "node:buffer";
import { crc32, deflateRawSync } from "node:zlib";

/** A file of an archive, and the size that the archive says it has, if another. */
export interface Packed {
  content: string | Buffer;
  size?: number;
}

/** A ZIP archive of files by their names. */
export function zipOf(files: Readonly<Record<string, Packed>>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, { content, size = Buffer.byteLength(content) }] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const rest = Buffer.alloc(26);
    rest.writeUInt16LE(20, 0);
    rest.writeUInt16LE(8, 4);
    rest.writeUInt32LE(crc32(bytes), 10);
    rest.writeUInt32LE(packed.length, 14);
    rest.writeUInt32LE(size, 18);
    rest.writeUInt16LE(name.length, 22);
    const begun = Buffer.concat([Buffer.from("PK\x03\x04"), rest, Buffer.from(name), packed]);
    const where = Buffer.alloc(14);
    where.writeUInt32LE(offset, 10);
    central.push(
      Buffer.concat([
        Buffer.from("PK\x01\x02\x14\x00"),
        rest,
        where.subarray(0, 14),
        Buffer.from(name),
      ]),
    );
    local.push(begun);
    offset += begun.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(Buffer.concat(central).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, ...central, Buffer.from("PK\x05\x06"), end]);
}

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** The files of a workbook with one sheet: XML of its rows, of its texts, and the codes of its formats from 164 on. */
export function workbookOf(
  { rows, texts = "", formats = [] }: { rows: string; texts?: string; formats?: readonly string[] },
): Record<string, Packed> {
  const codes = formats.map((code, n) =>
    `<numFmt numFmtId="${164 + n}" formatCode="${code.replaceAll('"', "&quot;")}"/>`
  );
  const ids = [0, 14, 22, ...formats.map((_, n) => 164 + n)];
  return {
    "xl/workbook.xml": {
      content: `<?xml version="1.0"?><workbook ${MAIN} xmlns:r="${RELATIONS}"><sheets>
        <sheet name="Leads" sheetId="1" r:id="rId7"/><sheet name="Other" sheetId="2" r:id="rId1"/>
        </sheets></workbook>`,
    },
    "xl/_rels/workbook.xml.rels": {
      content: `<Relationships><Relationship Id="rId1" Target="worksheets/other.xml"/>
        <Relationship Id="rId7" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    "xl/sharedStrings.xml": { content: `<sst ${MAIN}>${texts}</sst>` },
    "xl/styles.xml": {
      content: `<styleSheet ${MAIN}><numFmts>${codes.join("")}</numFmts>
        <cellStyleXfs><xf numFmtId="22"/></cellStyleXfs>
        <cellXfs>${ids.map((id) => `<xf numFmtId="${id}"/>`).join("")}</cellXfs></styleSheet>`,
    },
    "xl/worksheets/sheet1.xml": {
      content: `<worksheet ${MAIN}><sheetData>${rows}</sheetData></worksheet>`,
    },
  };
}

/** A row of texts, as XML. */
export function textRow(...cells: string[]): string {
  const all = cells.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`);
  return `<row>${all.join("")}</row>`;
}
