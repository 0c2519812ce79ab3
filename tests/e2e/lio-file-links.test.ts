import { beforeAll, describe, expect, test } from "vitest";
import { fileLinks } from "../../shared/auth/file-link.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { expectLioError, expectLioFields, type LioWorld, lioWorld } from "../support/lio.ts";
import { download, formOf, GIF, sendForm } from "../support/lio-files.ts";
import { leadOf } from "../support/lio-leads.ts";
import { asOwner } from "../support/workspace.ts";

const MISSING = 999_999_999;
const URL = expect.stringContaining("/functions/v1/lio/files/") as unknown;
let world: LioWorld;

beforeAll(async () => {
  world = await lioWorld();
});

const add = (form: FormData) => sendForm(world.admin.api, "lead/document/add", form);

const bytesStored = async () =>
  Number(
    (await asOwner<{ count: string }>(
      "select count(*) from crm.stored_bytes where workspace_id = $1",
      [world.workspace.id],
    ))[0]?.count,
  );

describe("a link", () => {
  const links = fileLinks(FUNCTIONS_ENVIRONMENT.LUMENBASE_ENCRYPTION_KEY);
  const now = () => Math.floor(Date.now() / 1_000);
  const { LUMENBASE_PUBLIC_URL } = FUNCTIONS_ENVIRONMENT;
  const refused = async (token: string) => {
    const answer = await download(`${LUMENBASE_PUBLIC_URL}/lio/files/${token}`);
    return [answer.status, (await answer.json()).error.code];
  };

  test("is good for an hour, and as it was made alone", async () => {
    const { admin: { api }, workspace } = world;
    const { id } = await leadOf(api);
    const { body } = await add(formOf({ lead_id: id }, { content: "x" }));
    const token: string = body.data.url.split("/").at(-1);
    const [until = "", , file = ""] = token.split(".");
    expect(Number(until) - now()).toBeGreaterThan(3_500);
    expect(Number(until) - now()).toBeLessThanOrEqual(3_600);
    const linked = links.read(token, now());
    expect(linked).toMatchObject({ workspaceId: workspace.id });
    expect(await refused(links.issue(linked!, now() - 3_601))).toEqual([403, "bad_signature"]);
    expect(await refused(`${Number(until) + 1}${token.slice(10)}`)).toEqual([403, "bad_signature"]);
    expect(await refused(token.slice(0, -2))).toEqual([403, "bad_signature"]);
    expect(await refused(token.replace(file, "0".repeat(32)))).toEqual([403, "bad_signature"]);
    const elsewhere = { workspaceId: (await lioWorld()).workspace.id, id: linked!.id };
    expect(await refused(links.issue(elsewhere, now()))).toEqual([404, null]);
    await api.delete("lead/delete?ids=" + id);
    expect(await refused(token)).toEqual([404, null]);
  });

  test("is not what somebody writes into a record", async () => {
    const { admin: { api } } = world;
    const token = '{"file":\t"01890a5d-ac96-774b-bcce-b302099a8057"}';
    const ai_information = { file: "01890a5d-ac96-774b-bcce-b302099a8057" };
    const { id } = await leadOf(api, { notes: token, custom_fields: { a: token } });
    await api.done(`lead/update/${id}`, { ai_information: { own: ai_information } });
    const { text, body } = await api.get(`lead/view/${id}`);
    expect(body.data).toMatchObject({ notes: token, custom_fields: { a: token } });
    expect(body.data.ai_information.own).toEqual(ai_information);
    expect(text).not.toContain("lio/files");
  });
});

describe("a profile image", () => {
  const upload = (id: number | string, content: BlobPart, as = world.admin) =>
    sendForm(as.api, `lead/${id}/upload-profile-image`, formOf({}, { content, field: "image" }));

  test("takes the place of the one before, and shows with the lead", async () => {
    const { admin: { api } } = world;
    const { id } = await leadOf(api);
    const before = await bytesStored();
    const first = await upload(id, GIF);
    expect([first.status, first.body.data]).toEqual([200, { id, profile_image: URL }]);
    const second = await upload(id, Buffer.concat([GIF, GIF]));
    expect((await download(first.body.data.profile_image)).status).toBe(404);
    const shown = await download(second.body.data.profile_image);
    expect((await shown.arrayBuffer()).byteLength).toBe(2 * GIF.length);
    expect(shown.headers.get("content-disposition")).toMatch(/^inline; filename="offer.txt"/);
    expect(await bytesStored()).toBe(before + 1);
    expect(await api.read(`lead/view/${id}`)).toMatchObject({ profile_image: URL });
    expect((await api.read("lead/list"))[0]).toMatchObject({ id, profile_image: URL });
    const answers = await Promise.all([1, 2, 3, 4].map(() => upload(id, GIF)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await bytesStored()).toBe(before + 1);
  });

  test("must be one, of a lead that is seen", async () => {
    const { admin: { api }, user } = world;
    const rep = await user("rep");
    const { id } = await leadOf(api, { assigned_to: (await user("rep")).number });
    for (const content of ["<svg/>", "%PDF-1.7\n", GIF.subarray(0, 6), "\u0089PNG"]) {
      expectLioFields(await upload(id, content), 422, "image");
    }
    expectLioError(await upload(id, Buffer.alloc(5 * 1024 * 1024 + 1)), 413, "payload_too_large");
    expectLioError(await upload(MISSING, GIF), 404, "not_found");
    expectLioError(await upload(id, GIF, rep), 404, "not_found");
    expectLioFields(await upload("x", GIF), 400, "id");
  });
});
