import { keys } from "../../shared/crm/keys/keys.ts";
import { KEY_APIS } from "../../shared/dialects/key-apis.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { createKey, revokeKey } from "../../shared/dialects/lumenbase/keys/operations.ts";
import { rotateKey } from "../../shared/dialects/lumenbase/keys/rotate.ts";
import { retrieveOrList } from "../../shared/dialects/lumenbase/record-reads.ts";
import { scope } from "../../shared/http/operation.ts";

const app = endpoint("v1-public-api-keys")
  .get("/", scope("admin"), retrieveOrList(keys))
  .post("/", scope("admin"), createKey(KEY_APIS))
  .delete("/", scope("admin"), revokeKey)
  .post("/rotate", scope("admin"), rotateKey);

export default app;
