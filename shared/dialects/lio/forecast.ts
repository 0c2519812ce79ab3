import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import type { LioCaller } from "./caller.ts";
import { getForecastAccuracy } from "./forecast-accuracy.ts";
import { getDealForecast } from "./forecast-deal.ts";
import { listDealForecasts } from "./forecast-history.ts";
import { getPipelineForecast, listContributors } from "./forecast-pipeline.ts";
import { listDealsAtRisk } from "./forecast-risk.ts";

const read = scope("read");

/** What deals are expected to come to (spec: Forecasting). */
export default router<LioCaller>("/api/forecast")
  .get("/deal/:id", read, getDealForecast)
  .get("/deal/:id/history", read, listDealForecasts)
  .get("/pipeline", read, getPipelineForecast)
  .get("/pipeline/contributors", read, listContributors)
  .get("/at-risk", read, listDealsAtRisk)
  .get("/accuracy", read, getForecastAccuracy);
