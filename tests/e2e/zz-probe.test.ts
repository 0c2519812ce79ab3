import { test } from "vitest";
import { testWorkspace } from "../support/workspace.ts";
test("probe", async () => {
  const { api } = await testWorkspace();
  const post = async (path: string, raw: string) => {
    try {
      const r = await api.send("POST", path, { raw });
      console.log(
        path,
        raw.slice(0, 110),
        "=>",
        r.status,
        r.text.slice(0, 420).replace(/,"meta.*/, ""),
      );
    } catch (e) {
      console.log(path, raw.slice(0, 110), String(e));
    }
  };
  await post("v1-public-contacts", '{"first_name":{"isLosslessNumber":true}}');
  await post("v1-public-deals", '{"title":"x","value":{"isLosslessNumber":true,"toString":1}}');
  await post("v1-public-deals", '{"title":"x","value":{"isLosslessNumber":true}}');
  await post(
    "v1-public-activities",
    '{"type":"note","data":{"a":{"isLosslessNumber":true,"value":"1"}}}',
  );
  await post(
    "v1-public-activities",
    '{"type":"note","data":{"isLosslessNumber":true,"value":"1"}}',
  );
  await post(
    "v1-public-activities",
    '{"type":"note","data":{"__proto__":{"a":1},"constructor":2,"toString":3,"toJSON":4,"n":12345678901234567890.123,"e":1e400,"z":-0,"d":1.10}}',
  );
  await post("v1-public-activities", '{"type":"note","data":{"e":1e200000}}');
  await post(
    "v1-public-activities",
    `{"type":"note","data":{"e":[${Array(40).fill("1e131000")}]}}`,
  );
  await post("v1-public-activities", `{"type":"note","data":{"e":"\\u0000"}}`);
  for (
    const v of [
      "0.1",
      "12345678901234567890.12",
      "123456789012345678901",
      "1e3",
      "1E+3",
      "1e-7",
      "1.5e-3",
      "12e18",
      "1e20",
      "-5.5",
      "0.10000000000000000000",
      "0.12345678901",
      "-0",
      "1e400",
    ]
  ) await post("v1-public-deals", `{"title":"x","value":${v}}`);
  for (
    const b of [
      '{"subtotal":10.005,"tax_amount":0}',
      '{"subtotal":10.005}',
      '{"line_items":[],"subtotal":5000,"total":5000}',
      '{"line_items":[],"total":100}',
      '{"subtotal":10.005,"tax_amount":0,"total":10.01}',
      '{"line_items":[{"description":"a","quantity":3,"unit_price":0.333}]}',
      '{"line_items":[{"description":"a","quantity":1e20,"unit_price":1}]}',
      '{"total":90,"line_items":[{"description":"a","quantity":1,"unit_price":100}]}',
    ]
  ) await post("v1-public-invoices", b);
});
