import { describe, expect, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { consoleAddress, type ConsoleView, consoleView } from "../support/console.ts";
import { HOSTILE, settled } from "../support/console-records.ts";

const { script, image, backwards, emoji, wide, endless } = HOSTILE;

/** Makes records that hold hostile texts wherever they take them; answers the pages that show them. */
async function hostilePages({ user: { api } }: ConsoleView): Promise<string[]> {
  const company = await api.made("company/add", {
    company_name: `${image}${backwards}${emoji}${wide}`.slice(0, 250),
    summary: endless + script,
    industry_type: script,
    city: backwards,
    website: `https://acme-${"a".repeat(50)}.com`,
  });
  const lead = await api.made("lead/add", {
    first_name: script.slice(0, 50),
    last_name: `${backwards}${emoji}${wide}`.slice(0, 40),
    email: `jane@${"a".repeat(60)}.example.com`,
    company_id: company.id,
    job_title: image,
    notes: endless + script,
    tags: [script.slice(0, 40), backwards],
  });
  await api.made("lead/note/add", { lead_id: lead.id, title: wide, note: image + endless });
  await api.made("lead/follow-up/add", {
    lead_id: lead.id,
    follow_up_date: "2040-01-02T03:04:05Z",
    notes: endless,
  });
  await api.done("lead/update-custom-fields", {
    lead_id: lead.id,
    custom_fields: { [`<b>${"k".repeat(60)}`]: endless.slice(0, 5_000), [backwards]: script },
  });
  await api.done(`lead/update/${lead.id}`, { job_title: script });
  const contact = await api.made("contact/add", {
    name: `${wide.slice(0, 100)}${image}${backwards}`,
    company_id: company.id,
    designation: `${backwards}${wide}`.slice(0, 250),
    tags: [script.slice(0, 40)],
  });
  await api.made("custom-view/add", {
    module_name: "lead",
    view_name: (script + wide).slice(0, 100),
    visibility: "private",
  });
  return [
    "/leads",
    `/leads/${lead.id}`,
    "/contacts",
    `/contacts/${contact.id}`,
    "/companies",
    `/companies/${company.id}`,
  ];
}

describe.runIf(browserPath())("hostile records in the console", () => {
  test.each(
    [
      ["wide and light", { colorScheme: "light", viewport: { width: 1280, height: 800 } }],
      ["narrow and dark", { colorScheme: "dark", viewport: { width: 360, height: 740 } }],
    ] as const,
  )("%s, are harmless texts on each page", async (_, options) => {
    const view = await consoleView(options);
    const pages = await hostilePages(view);
    for (const path of pages) {
      await view.page.goto("about:blank");
      await view.page.goto(`${consoleAddress()}#${path}`);
      await view.page.locator("main").getByText("harmed").filter({ visible: true }).first()
        .waitFor();
      await settled(view);
      await view.expectSound();
      expect(await view.page.locator("main img, main script, main b").count()).toBe(0);
      expect(await view.page.title()).not.toBe("harmed");
    }
    await view.page.context().close();
  });
});
