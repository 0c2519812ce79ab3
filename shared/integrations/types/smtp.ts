import * as z from "zod";
import { isWithin } from "../../providers/outgoing/networks.ts";
import { integrationType, may, required, secret } from "../type.ts";
import { host, line, secretText, SENDER, word } from "../values.ts";

/** Mail through a server of one's own. */
export const smtp = integrationType({
  type: "smtp",
  name: "SMTP",
  description: "Mail through an SMTP server.",
  category: "email",
  settings: {
    host: required(host),
    port: required(() => {
      const message = "Must be a whole number from 1 to 65535";
      return z.int(message).min(1, message).max(65_535, message);
    }),
    security: may(word("tls", "starttls", "none"), "starttls"),
    username: may(() => line()),
    password: secret(may(secretText)),
    ...SENDER,
  },
  review({ security, host: given }, networks) {
    const isSafe = security !== "none" || isWithin(String(given), networks);
    const message = "Must be tls or starttls; none only for a host that is an address within " +
      "OUTBOUND_PRIVATE_NETWORKS.";
    return isSafe ? [] : [{ field: "security", message }];
  },
});
