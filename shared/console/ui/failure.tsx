import { ApiError } from "../api-error.ts";

/** Says what went wrong, with each field, the request's id, and a way to try again. */
export function Failure({ error, retry }: { error: Error; retry?: () => void }) {
  const fields = error instanceof ApiError ? error.fields : [];
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <div class="notice bad" role="alert">
      <p>{error.message}</p>
      {fields.length > 0 && (
        <ul>
          {fields.map(({ field, message }) => (
            <li key={field + message}>
              <code>{field}</code> {message}
            </li>
          ))}
        </ul>
      )}
      {requestId && <p class="quiet">Request {requestId}</p>}
      {retry && <button type="button" onClick={retry}>Try again</button>}
    </div>
  );
}
