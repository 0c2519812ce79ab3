import { describe, expect, test } from "vitest";
import { expectLioError, lioWorld } from "../support/lio.ts";
import { leadOf, person } from "../support/lio-leads.ts";

describe("another lead with the same email or profile", () => {
  const PROFILE = "https://linkedin.com/in/jane-roe";

  test("is a conflict, which names the one that is there", async () => {
    const { admin: { api } } = await lioWorld();
    const { id, email } = await leadOf(api, { linkedin_url: PROFILE });
    for (const more of [{ email: email.toUpperCase() }, { linkedin_url: `${PROFILE}/?a=1` }]) {
      const answer = await api.post("lead/add", person(more));
      expectLioError(answer, 409, "conflict", "duplicate_lead");
      expect(answer.body.error.existing_id).toBe(id);
    }
    const other = await leadOf(api);
    expectLioError(
      await api.post(`lead/update/${other.id}`, { email }),
      409,
      "conflict",
      "duplicate_lead",
    );
  });

  test("is not named to a Rep who does not see it", async () => {
    const { admin, user } = await lioWorld();
    const { email } = await leadOf(admin.api, { assigned_to: admin.number });
    const { api } = await user("rep");
    const answer = await api.post("lead/add", person({ email }));
    expectLioError(answer, 409, "conflict", "duplicate_lead");
    expect(answer.body.error.existing_id).toBeNull();
  });

  test("of ten at once one is made", async () => {
    const { admin: { api } } = await lioWorld();
    const given = person();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api.post("lead/add", given)),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(made).toHaveLength(1);
    for (const { status, body } of answers.filter((answer) => answer !== made[0])) {
      expect(status).toBe(409);
      expect(body.error.existing_id).toBe(made[0]?.body.data.id);
    }
  });
});
