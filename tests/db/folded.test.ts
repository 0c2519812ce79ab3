import { expect, test } from "vitest";
import { asOwner } from "../support/workspace.ts";

test.each([
  ["Álvaro Ñúñez", "alvaro nunez"],
  ["JÜRGEN GROẞ, Straße", "jurgen gross, strasse"],
  ["Łódź Øre Đak Æther œuvre", "lodz ore dak aether oeuvre"],
  ["İstanbul Işık ILGIN", "istanbul isik ilgin"],
  ["Ὀδυσσεύς ΟΔΥΣΣΕΥΣ", "οδυσσευσ οδυσσευσ"],
  ["Ёлка Юрий", "елка юрии"],
  ["مُحَمَّد", "محمد"],
  ["Ｎｏｋｉａ ５ ﬁne", "nokia 5 fine"],
  ["Cafe\u0301 Café", "cafe cafe"],
  ["ガギグ \uff76\uff9e", "ガギグ ガ"],
  ["김민준", "김민준"],
  ["हिन्दी", "हिन्दी"],
  ["plain ASCII_%\\", "plain ascii_%\\"],
  ["", ""],
])("%j is compared as %j", async (given, folded) => {
  expect(await asOwner("select app.folded($1) as folded", [given])).toEqual([{ folded }]);
});

test.each([
  ["Jane Doe", "jane doe"],
  ["Éva Żak", "eva zak"],
  ["Иван", "иван"],
  ["王小明 wang", "王小明 wang 王小 小明 明"],
  ["김 민준x", "김 민준x 김 민준 준x"],
  ["นที", "นที นท ที ี"],
  ["", ""],
])("%j is searched as %j", async (given, searched) => {
  expect(await asOwner("select app.searched($1) as searched", [given])).toEqual([{ searched }]);
});
