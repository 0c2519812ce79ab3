/** `form_submission` as `FormSubmission`. */
export function pascalCase(name: string): string {
  return name.replace(/(?:^|_)(.)/g, (_, first: string) => first.toUpperCase());
}
