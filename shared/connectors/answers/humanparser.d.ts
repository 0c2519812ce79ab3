declare module "humanparser" {
  interface Name {
    salutation?: string;
    firstName?: string;
    middleName?: string;
    lastName?: string;
    suffix?: string;
  }
  const parser: {
    parseName(name: string, options?: { extraSalutations?: readonly string[] }): Name;
  };
  export default parser;
}
