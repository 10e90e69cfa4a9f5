import type { Way } from '#payment';
import { defineWords } from '#web';

/** How it is said that something was paid, or given back. */
export const paidWords = defineWords({
  de: {
    paid: (sum: string, way: Way | null, day: string) =>
      `${sum} bezahlt ${way === 'card' ? 'mit Karte ' : way === 'page' ? 'auf der Bezahlseite ' : ''}am ${day}`,
    paidBack: (sum: string, day: string) => `${sum} am ${day} erstattet`,
    backAsked: '. Das Amt prüft, ob Sie das Geld zurückbekommen.',
    paidBesides: (sum: string, ends: boolean) =>
      `${ends ? '.' : ''} Sie haben außerdem noch einmal bezahlt: Diese ${sum} gibt das Amt zurück.`,
  },
  en: {
    paid: (sum: string, way: Way | null, day: string) =>
      `${sum} paid ${way === 'card' ? 'by card ' : way === 'page' ? 'on the payment page ' : ''}on ${day}`,
    paidBack: (sum: string, day: string) => `${sum} paid back on ${day}`,
    backAsked: '. The office is checking whether you get the money back.',
    paidBesides: (sum: string, ends: boolean) =>
      `${ends ? '.' : ''} You have also paid once more: the office gives these ${sum} back.`,
  },
  leicht: {
    paid: (sum: string, way: Way | null, day: string) =>
      `Sie haben ${sum} bezahlt${way === 'card' ? ', mit Karte' : way === 'page' ? ', im Internet' : ''}. Das war am ${day}.`,
    paidBack: (sum: string, day: string) => `Sie haben ${sum} zurück bekommen. Das war am ${day}.`,
    backAsked: ' Das Amt prüft: Bekommen Sie das Geld zurück?',
    paidBesides: (sum: string) =>
      ` Sie haben noch ein Mal bezahlt. Das war zu viel. Diese ${sum} bekommen Sie zurück.`,
  },
});
