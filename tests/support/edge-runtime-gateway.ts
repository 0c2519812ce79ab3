// Runs under Deno: the gateway where functions may go on after their answer.
// oxlint-disable import/no-unassigned-import -- both act when they are loaded, in this order
import "./edge-runtime.ts";
import "../../supabase/local/gateway.ts";
