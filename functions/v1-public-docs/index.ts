import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { PUBLICATION } from "../../shared/dialects/lumenbase/openapi/publication.ts";
import { publicRoute } from "../../shared/http/operation.ts";
import { pageDocument } from "../../shared/openapi/publication.ts";

const contract = async () => (await import("../v1-public-openapi/contract.ts")).contract;

const app = endpoint("v1-public-docs").get("/", publicRoute, pageDocument(PUBLICATION, contract));

export default app;
