// Runs under Deno: the gateway on a machine whose clock is wrong.
// oxlint-disable import/no-unassigned-import -- both act when they are loaded, in this order
import "./shifted-clock.ts";
import "../../supabase/local/gateway.ts";
