import { expect, test } from "vitest";
import { expectLioFields } from "../support/lio.ts";
import { voiceHouse, voiceWorld } from "../support/lio-voice.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";

ownMigratedDatabase();
const house = voiceHouse();

test.each([
  ["+447400123456", "mobile", 3],
  ["+448001111111", "tollfree", 2.15],
  ["+442079460958", "local", 1.15],
  ["+18339250001", "tollfree", 2.15],
])("the number %s is bought as %s, whatever is said", async (phoneNumber, type, price) => {
  const { api, balance } = await voiceWorld(house, 10);
  for (const other of ["local", "tollfree", "mobile"].filter((one) => one !== type)) {
    const wrong = await api.post("voice/purchase-number", { phoneNumber, type: other });
    expectLioFields(wrong, 422, "type");
  }
  const bought = await api.made("voice/purchase-number", { phoneNumber });
  expect(bought).toMatchObject({ type, monthly_price: price });
  expect(await balance()).toBeCloseTo(10 - price, 6);
});
