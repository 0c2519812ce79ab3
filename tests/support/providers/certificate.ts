import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** A certificate for localhost that nobody trusts who was not told to. */
export interface Certificate {
  key: string;
  cert: string;
  /** The file of the certificate, which DENO_CERT takes. */
  file: string;
  remove(): Promise<void>;
}

/** Makes a certificate that signs itself, for a name. */
export async function selfSigned(name = "localhost"): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), "certificate-"));
  const [key, file] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  await promisify(execFile)("openssl", [
    ..."req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2".split(" "),
    ..."-addext basicConstraints=critical,CA:FALSE -addext".split(" "),
    `subjectAltName=DNS:${name}`,
    ...`-subj /CN=${name} -keyout`.split(" "),
    key,
    "-out",
    file,
  ]);
  return {
    key: await readFile(key, "utf8"),
    cert: await readFile(file, "utf8"),
    file,
    remove: () => rm(folder, { recursive: true }),
  };
}
