/** What is wrong with one field, and what would be right. */
export interface FieldError {
  /** Path of the field, such as `email` or `contacts[3].email`. */
  field: string;
  message: string;
  /** The rule that is broken, where an API may have words of its own for it. */
  rule?: "required" | "email";
  /** Where it was given, when it is no field of a body that could be read. */
  in?: "path" | "query" | "header" | "format";
}
