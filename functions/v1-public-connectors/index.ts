import { connectors } from "../../shared/connectors/connectors.ts";
import {
  createConnector,
  updateConnector,
} from "../../shared/dialects/lumenbase/connectors/operations.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { scope } from "../../shared/http/operation.ts";
import { listPresets } from "../../shared/dialects/lumenbase/connectors/presets.ts";
import { remove } from "../../shared/dialects/lumenbase/record-operations.ts";
import { retrieveOrList } from "../../shared/dialects/lumenbase/record-reads.ts";
import { rotateToken } from "../../shared/dialects/lumenbase/connectors/rotate-token.ts";

const app = endpoint("v1-public-connectors")
  .get("/", scope("admin"), retrieveOrList(connectors))
  .post("/", scope("admin"), createConnector)
  .patch("/", scope("admin"), updateConnector)
  .delete("/", scope("admin"), remove(connectors))
  .get("/presets", scope("admin"), listPresets)
  .post("/rotate-token", scope("admin"), rotateToken);

export default app;
