const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @returns whether a text is an id as this program writes them: PostgreSQL ends a query on any other with an error */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
