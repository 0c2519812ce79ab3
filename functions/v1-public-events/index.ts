import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { feed } from "../../shared/dialects/lumenbase/events/feed.ts";
import { scope } from "../../shared/http/operation.ts";

const app = endpoint("v1-public-events")
  .get("/", scope("events:read"), feed);

export default app;
