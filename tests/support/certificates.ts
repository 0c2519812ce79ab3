import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "./stack.ts";
import { afterwards } from "./workspace.ts";

const run = promisify(execFile);
const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

/** A certificate with its key, as PEM. */
export interface Certificate {
  key: string;
  cert: string;
}

/** An authority of one test, which signs certificates for names. */
export interface Authority {
  /** The file with its own certificate. */
  file: string;
  certificateFor(name: string): Promise<Certificate>;
}

/** Makes an authority that nothing trusts unless it is told to. */
export async function authority(): Promise<Authority> {
  const folder = await temporaryFolder();
  afterwards(() => rm(folder, { recursive: true }));
  const at = (name: string) => join(folder, name);
  const file = at("ca.pem");
  const own = ["-keyout", at("ca.key"), "-out", file, "-days", "2", "-subj", "/CN=Test authority"];
  await run("openssl", ["req", "-x509", ...KEY, ...own]);
  return {
    file,
    async certificateFor(name) {
      const [key, request, cert] = [at(`${name}.key`), at(`${name}.csr`), at(`${name}.pem`)];
      await writeFile(at("names"), `subjectAltName=DNS:${name}\nextendedKeyUsage=serverAuth\n`);
      await run("openssl", [
        "req",
        ...KEY,
        "-keyout",
        key,
        "-out",
        request,
        "-subj",
        `/CN=${name}`,
      ]);
      const signer = [
        "-CA",
        file,
        "-CAkey",
        at("ca.key"),
        "-CAcreateserial",
        "-extfile",
        at("names"),
      ];
      await run("openssl", ["x509", "-req", "-in", request, ...signer, "-out", cert, "-days", "2"]);
      return { key: await readFile(key, "utf8"), cert: await readFile(cert, "utf8") };
    },
  };
}
