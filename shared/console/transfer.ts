import { ApiError, errorOf } from "./api-error.ts";
import { FUNCTIONS } from "./functions.ts";
import { forget, session } from "./session.ts";

const UNREACHABLE = "The server cannot be reached. Is it running?";

/** Sends a form with a file, and tells how much of it has gone, from 0 to 1; answers what the API does. */
export function upload<T>(
  path: string,
  form: FormData,
  onProgress: (part: number) => void,
  idempotencyKey: string,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const token = session.value?.token ?? "";
    request.open("POST", `${FUNCTIONS}/${path}`);
    request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.setRequestHeader("Idempotency-Key", idempotencyKey);
    request.upload.addEventListener("progress", ({ loaded, total, lengthComputable }) => {
      if (lengthComputable) onProgress(loaded / total);
    });
    request.addEventListener("error", () => reject(new ApiError(0, "unreachable", UNREACHABLE)));
    request.addEventListener("load", () => {
      const { status, responseText } = request;
      if (status >= 200 && status < 300) return resolve(JSON.parse(responseText) as T);
      reject(refused(token, new Response(null, { status }), responseText));
    });
    request.send(form);
  });
}

/** Saves a file that an API answers, under a name. */
export async function download(path: string, name: string): Promise<void> {
  const token = session.value?.token ?? "";
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(`${FUNCTIONS}/${path}`, { headers }).catch(() => {
    throw new ApiError(0, "unreachable", UNREACHABLE);
  });
  if (!response.ok) throw refused(token, response, await response.text());
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

function refused(token: string, response: Response, text: string): ApiError {
  // Not one that ended while another began.
  if (response.status === 401 && session.value?.token === token) {
    forget("Your session has ended. Sign in again.");
  }
  try {
    return errorOf(response, JSON.parse(text));
  } catch {
    return errorOf(response, null);
  }
}
