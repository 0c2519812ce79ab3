/** The token of a user who signed in, as a way in. */
export const USER_TOKEN = {
  type: "http",
  scheme: "bearer",
  bearerFormat: "JWT",
  description: "The token of a user who signed in; their role says which scopes they have.",
};
