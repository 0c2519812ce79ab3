/** What no schema of the native API can say: it depends on other records, other fields, or lists kept elsewhere. */
export function onlyTheServer(): RegExp {
  return new RegExp([
    "^No \\w+ with this id",
    "^Another \\w+( of the batch)? has this",
    "^Must not be the kept contact",
    "^This merge was undone",
    "^(Only a dead job can be retried|What a dead job of the kind)",
    "^The (contact that was kept is gone|email of one of the two)",
    "^(Only a dead job can be retried|What a dead job of the kind)",
    "^No earlier item has this client_ref",
    "^The item with this client_ref failed",
    "^Must be a stage of the pipeline",
    "^Is \\S+, but the other numbers give",
    "^Must be subtotal \\+ tax_amount",
    "^Must be what the line items add up to",
    "^(Belongs to another request|Was rotated already|Is \\w+ and cannot)",
    "^Is (required for google|not for (slack|hubspot)|for slack only)",
    // Of connectors:
    "^Is required(; | without a preset|, as )",
    "^Must fill ",
    "^Must be (user:password|printable ASCII)",
    "^Would prove nothing",
    "^Must be (contact|activity), which this preset is for",
    "^Must (contain|have no braces but) \\{",
    "^Unknown; ",
    "\\(column \\d+\\)\\.$",
    "^Must be the id or the slug of a connector",
    "^Is (for the other target|(no scope of|not for) [\\w ]+ keys)",
    "^Must be (in the future|an IP address|a phone number|a domain|a web address|a country code|a currency code)",
  ].join("|"));
}
