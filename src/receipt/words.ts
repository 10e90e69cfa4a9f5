import { defineWords } from '#web';

/** The words of what somebody holds in hand. */
export const receiptWords = defineWords({
  de: {
    doneNumber: 'Ihre Nummer',
    papersTitle: 'Zum Mitnehmen',
    receiptPdf: 'Quittung als PDF',
    documentPdf: (name: string) => `${name} als PDF`,
    calendarFile: 'Termin in den Kalender',
    calendarCancel: 'Termin aus dem Kalender nehmen',
  },
  en: {
    doneNumber: 'Your number',
    papersTitle: 'To take with you',
    receiptPdf: 'Receipt as PDF',
    documentPdf: (name: string) => `${name} as PDF`,
    calendarFile: 'Add the date to your calendar',
    calendarCancel: 'Take the date out of your calendar',
  },
  leicht: {
    doneNumber: 'Ihre Nummer',
    papersTitle: 'Zum Mit-Nehmen',
    receiptPdf: 'Quittung als PDF',
    documentPdf: (name: string) => `${name} als PDF`,
    calendarFile: 'Termin in den Kalender',
    calendarCancel: 'Termin aus dem Kalender nehmen',
  },
});
