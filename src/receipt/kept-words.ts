import { defineWords } from '#web';

/** Below so many days nobody thinks in months. */
const IN_DAYS = 100;
const MONTH = 365 / 12;
const months = (days: number): number => Math.round(days / MONTH);

/** How long something is kept, in words: the days that count, and what that is for people. */
export const keptWords = defineWords({
  de: {
    period: (days: number): string => {
      if (days % 365 === 0) return days === 365 ? '1 Jahr' : `${days / 365} Jahre`;
      if (days < IN_DAYS) return days === 1 ? '1 Tag' : `${days} Tage`;
      return `${days} Tage (etwa ${months(days)} Monate)`;
    },
    closed: (period: string) =>
      `Wir bewahren Ihre Angaben auf, bis Ihr Vorgang abgeschlossen ist, und danach noch ${period}. Dann löschen wir sie.`,
    delivered: (period: string) =>
      `Wir bewahren Ihre Angaben ${period} auf, gerechnet ab dem Eingang beim Amt. Dann löschen wir sie.`,
    closedUntil: (period: string, day: string) =>
      `Wir bewahren Ihre Angaben nach dem Abschluss noch ${period} auf, bis zum ${day}. Dann löschen wir sie.`,
    deliveredUntil: (period: string, day: string) =>
      `Wir bewahren Ihre Angaben ${period} auf, gerechnet ab dem Eingang beim Amt, also bis zum ${day}. Dann löschen wir sie.`,
    checked: 'Prüft das Amt noch etwas, zählt die Zeit erst ab dem Ende der Prüfung.',
    until: (day: string) => `Wir bewahren Ihre Angaben noch bis zum ${day} auf. Dann löschen wir sie.`,
    held: 'Ist dann über Ihre Gebühr noch nicht entschieden, bewahren wir sie auf, bis das geschehen ist.',
    authority: (name: string) => `Wie lange sie dort bleiben, bestimmt: ${name}.`,
  },
  en: {
    period: (days: number): string => {
      if (days % 365 === 0) return days === 365 ? '1 year' : `${days / 365} years`;
      if (days < IN_DAYS) return days === 1 ? '1 day' : `${days} days`;
      return `${days} days (about ${months(days)} months)`;
    },
    closed: (period: string) =>
      `We keep what you told us until your case is closed, and for ${period} after that. Then we delete it.`,
    delivered: (period: string) =>
      `We keep what you told us for ${period} from the day on which it arrives at the office. Then we delete it.`,
    closedUntil: (period: string, day: string) =>
      `We keep what you told us for ${period} after your case was closed, until ${day}. Then we delete it.`,
    deliveredUntil: (period: string, day: string) =>
      `We keep what you told us for ${period} from the day on which it arrived at the office, so until ${day}. Then we delete it.`,
    checked: 'If the office still checks something, the time counts from the end of that.',
    until: (day: string) => `We keep what you told us until ${day}. Then we delete it.`,
    held: 'If nobody has decided about your fee by then, we keep it until that is done.',
    authority: (name: string) => `How long it stays there is up to: ${name}.`,
  },
  leicht: {
    period: (days: number): string => {
      if (days % 365 === 0) return days === 365 ? '1 Jahr' : `${days / 365} Jahre`;
      if (days < IN_DAYS) return days === 1 ? '1 Tag' : `${days} Tage`;
      return `ungefähr ${months(days)} Monate, genau ${days} Tage`;
    },
    closed: (period: string) =>
      `Wir speichern Ihre Angaben, bis alles fertig ist. Danach speichern wir sie noch ${period}. Dann löschen wir alles.`,
    delivered: (period: string) =>
      `Wir speichern Ihre Angaben ${period}. Die Zeit beginnt, wenn sie im Amt sind. Dann löschen wir alles.`,
    closedUntil: (period: string, day: string) =>
      `Alles ist fertig. Danach speichern wir Ihre Angaben noch ${period}. Der letzte Tag ist der ${day}. Dann löschen wir alles.`,
    deliveredUntil: (period: string, day: string) =>
      `Wir speichern Ihre Angaben ${period}. Die Zeit beginnt, wenn sie im Amt sind. Der letzte Tag ist der ${day}. Dann löschen wir alles.`,
    checked: 'Vielleicht prüft das Amt noch etwas. Dann beginnt die Zeit nach der Prüfung.',
    until: (day: string) =>
      `Wir speichern Ihre Angaben noch. Der letzte Tag ist der ${day}. Dann löschen wir alles.`,
    held: 'Es geht auch noch um Ihr Geld. Das muss das Amt zuerst entscheiden. So lange speichern wir Ihre Angaben.',
    authority: (name: string) => `Dort gelten andere Zeiten. Das entscheidet: ${name}.`,
  },
});
