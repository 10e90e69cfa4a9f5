/** Addresses that lead to a case. What follows the # never reaches a server, nor its log. */
const linkWith = (page: string, number: string, code: string): string => `${page}#${number}.${code}`;

/** Where people ask about their case. */
export const statusPage = (publicUrl: string): string => `${publicUrl}/status`;

/** Where anybody who holds a paper of the office asks whether it is genuine. */
export const genuinePage = (publicUrl: string): string => `${publicUrl}/echt`;

/** @returns the address that the QR code on screen and receipt leads to */
export function statusLink(publicUrl: string, number: string, accessCode: string): string {
  return linkWith(statusPage(publicUrl), number, accessCode);
}

/** @returns the address that the QR code on an official paper leads to */
export function genuineLink(publicUrl: string, number: string, code: string): string {
  return linkWith(genuinePage(publicUrl), number, code);
}

/** @returns a page's address as people type it */
export const typeable = (address: string): string => address.replace(/^https?:\/\//, '');
