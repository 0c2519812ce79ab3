import { converse } from "../../shared/dialects/mcp/converse.ts";
import { EACH_TOOLS_OWN, mcp } from "../../shared/dialects/mcp/dialect.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { scope } from "../../shared/http/operation.ts";

const app = endpoint("mcp", mcp).post("/", scope(EACH_TOOLS_OWN), converse);

export default app;
