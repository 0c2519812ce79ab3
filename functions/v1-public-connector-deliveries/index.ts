import { endpoint } from "../../shared/http/endpoint.ts";
import { retrieveOrListDeliveries } from "../../shared/http/delivery-operations.ts";
import { scope } from "../../shared/http/operation.ts";
import { replayDelivery } from "../../shared/http/replay-delivery.ts";

const app = endpoint("v1-public-connector-deliveries")
  .get("/", scope("admin"), retrieveOrListDeliveries)
  .post("/", scope("admin"), replayDelivery);

export default app;
