import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { scope } from "../../shared/http/operation.ts";
import { retrieveOrList } from "../../shared/dialects/lumenbase/record-reads.ts";
import { users } from "../../shared/dialects/lumenbase/users.ts";

const app = endpoint("v1-public-users")
  .get("/", scope("read"), retrieveOrList(users));

export default app;
