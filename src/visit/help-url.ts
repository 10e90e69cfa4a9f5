/** Where the bar sends a page's form for help, so that what was typed there is kept, and where help is. */
export const HELP_URL = '/visit/help';

/** @returns help for somebody who comes from a page of this office */
export const helpUrl = (from: string): string => `/help?${new URLSearchParams({ return: from })}`;
