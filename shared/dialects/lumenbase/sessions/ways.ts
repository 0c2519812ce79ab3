import { entitiesOf } from "../../../auth/sign-in.ts";
import { signInTokens } from "../../../auth/sign-in-link.ts";
import { unknownHash } from "../../../auth/password.ts";
import { rowsOf } from "../../../db/wire/rows.ts";
import type { Call } from "../../../http/call.ts";
import { checkedPassword } from "../../../http/checked-password.ts";
import {
  expiry,
  type Member,
  memberOf,
  type SessionStart,
  startByPassword,
} from "../../../http/start-session.ts";
import { Refusal } from "../../../refusals/refusal.ts";

/** A way to sign in: how a session is started, and why none was. */
export interface Way extends Pick<SessionStart, "member" | "statement"> {
  refusal(refused: string): Refusal;
}

/** What somebody gives for an email. */
export interface Given {
  email: string;
  password: string;
  /** A slug. */
  workspace: string | undefined;
}

const LINK_REFUSALS: Readonly<Record<string, string>> = {
  unknown: "This link does not exist; ask for a new one.",
  used: "This link was used already; ask for a new one.",
  expired: "This link has expired; ask for a new one.",
};

/** By an email and its password. Throws Refusal when that is wrong. */
export async function byPassword(call: Call, given: Given, at: number): Promise<Way> {
  const { email, password, workspace } = given;
  const proof = await checkedPassword(call, email, password);
  if (proof === null) throw wrongPassword();
  const { database } = call.services;
  const asked = workspace === undefined
    ? null
    : (await entitiesOf((statement) => database.query(statement), email))
      .find(({ slug }) => slug === workspace)?.id;
  if (asked === undefined) {
    throw new Refusal("forbidden", "You are not a user of this workspace, or not an active one.");
  }
  return {
    member: () => memberOf(call, email, asked),
    statement: (workspaceId) => startByPassword({ email, proof }, workspaceId ?? asked, at),
    refusal: (refused) => refused === "changed" ? wrongPassword() : inactive(),
  };
}

/** By the token of a link. Throws Refusal for what is none. */
export function byLink(call: Call, token: string, at: number): Way {
  const presented = signInTokens.parse(token);
  if (presented === null) {
    throw unauthenticated("Not a valid link; check that the whole of it was copied.");
  }
  const { database } = call.services;
  const { publicId, hash } = presented;
  return {
    async member() {
      const [link] = rowsOf<Member>(
        await database.query({
          text: "select workspace_id as id, user_id from app.find_sign_in_link($1, $2)",
          values: [publicId, hash],
          prepared: true,
        }),
      );
      return link;
    },
    statement: () => ({
      text: "select * from app.use_sign_in_link($1, $2, $3, $4)",
      values: [publicId, hash, unknownHash(), expiry(at)],
      prepared: true,
    }),
    refusal: (refused) => {
      const message = LINK_REFUSALS[refused];
      return message === undefined ? inactive() : unauthenticated(message);
    },
  };
}

function wrongPassword(): Refusal {
  return unauthenticated("No account has this email and password.");
}

function inactive(): Refusal {
  return new Refusal("forbidden", "This account is inactive.");
}

function unauthenticated(message: string): Refusal {
  return new Refusal("unauthenticated", message, { challenge: "Bearer" });
}
