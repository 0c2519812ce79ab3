import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { retrieveOrListDeliveries } from "../../shared/dialects/lumenbase/connectors/deliveries.ts";
import { rehearseDelivery } from "../../shared/dialects/lumenbase/connectors/rehearse.ts";
import { scope } from "../../shared/http/operation.ts";
import { replayDelivery } from "../../shared/dialects/lumenbase/connectors/replay.ts";

const app = endpoint("v1-public-connector-deliveries")
  .get("/", scope("admin"), retrieveOrListDeliveries)
  .post("/", scope("admin"), replayDelivery)
  .post("/rehearse", scope("admin"), rehearseDelivery);

export default app;
