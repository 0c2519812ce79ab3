import { useEffect, useRef, useState } from "preact/hooks";
import { Failure } from "../../ui/failure.tsx";
import { numberText } from "../../ui/values.tsx";
import { type Progress, replayAll } from "./replay-many.ts";

/** Replays all deliveries that failed, and tells how far it is. */
export function ReplayAll({ connectorId, failed, onDone }: {
  connectorId: string;
  failed: number;
  onDone(): void;
}) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const running = useRef<AbortController | null>(null);
  const [isRunning, setRunning] = useState(false);
  useEffect(() => () => running.current?.abort(), []);
  const run = async () => {
    const abort = new AbortController();
    running.current = abort;
    setRunning(true);
    setError(null);
    setProgress(null);
    try {
      await replayAll(connectorId, abort.signal, setProgress);
    } catch (reason) {
      if (!abort.signal.aborted) {
        setError(reason instanceof Error ? reason : new Error(String(reason)));
      }
    } finally {
      setRunning(false);
      onDone();
    }
  };
  return (
    <>
      {(failed > 0 || isRunning) && (
        <div class="actions">
          {isRunning
            ? <button type="button" onClick={() => running.current?.abort()}>Stop</button>
            : (
              <button type="button" onClick={run}>
                Replay all that failed ({numberText(failed)})
              </button>
            )}
        </div>
      )}
      {progress && <Told progress={progress} isRunning={isRunning} />}
      {error && <Failure error={error} />}
    </>
  );
}

function Told({ progress, isRunning }: { progress: Progress; isRunning: boolean }) {
  const { total, accepted, failed, isWaiting } = progress;
  const done = accepted + failed;
  return (
    <div class="notice" role="status">
      {isRunning && <progress aria-label="Replayed" value={done} max={Math.max(total, 1)} />}
      <p>
        {numberText(done)} of {numberText(total)} replayed: {numberText(accepted)} went through,
        {" "}
        {numberText(failed)} failed again.
        {isWaiting && " Waiting for the next minute, as your requests of this one are used up."}
      </p>
    </div>
  );
}
