/** What people call a page (打印件): the beginning of its mail's id. */
export function pageNumber(mailId: string): string {
  return mailId.slice(0, 8);
}
