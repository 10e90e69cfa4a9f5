/** What the office says when it cannot answer a request: what happened, whether anything is lost, what to do. */
import type { Language } from '#service';

export type Words = Readonly<Record<Language, string>>;

const UNREADABLE: Words = {
  de: 'Diese Anfrage können wir nicht lesen. Bitte gehen Sie zum Anfang und versuchen Sie es noch einmal.',
  en: 'We cannot read this request. Please go to the start and try again.',
  leicht: 'Das können wir nicht lesen. Bitte gehen Sie zum Anfang. Dann versuchen Sie es noch einmal.',
};

/** The browser sends too much of its own; only the person can empty it. */
const OVERFULL: Words = {
  de: 'Ihr Browser hat zu viel mitgeschickt. Bitte löschen Sie in seinen Einstellungen die Cookies dieser Seite und versuchen Sie es noch einmal.',
  en: 'Your browser has sent too much. Please delete the cookies of this site in its settings and try again.',
  leicht:
    'Ihr Browser schickt zu viel mit. Gehen Sie in die Einstellungen vom Browser. Löschen Sie dort die Cookies. Dann versuchen Sie es noch einmal.',
};

const WORDS: Readonly<Record<number, Words>> = {
  403: {
    de: 'Das ist hier nicht erlaubt. Bitte beginnen Sie noch einmal von vorn.',
    en: 'This is not allowed here. Please start again.',
    leicht: 'Das geht hier nicht. Bitte fangen Sie noch einmal an.',
  },
  404: {
    de: 'Diese Seite gibt es nicht. Bitte gehen Sie zum Anfang.',
    en: 'This page does not exist. Please go to the start.',
    leicht: 'Diese Seite gibt es nicht. Bitte gehen Sie zum Anfang.',
  },
  408: {
    de: 'Das hat zu lange gedauert. Bitte prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
    en: 'This took too long. Please check your connection and try again.',
    leicht: 'Das hat zu lange gedauert. Ist das Internet langsam? Bitte versuchen Sie es noch einmal.',
  },
  413: {
    de: 'Das ist zu groß. Wenn Sie eine Datei gesendet haben: Gehen Sie zurück und wählen Sie eine kleinere. Ihre Angaben von den Seiten davor sind noch da.',
    en: 'This is too large. If you sent a file, go back and choose a smaller one. Your answers from the pages before are still here.',
    leicht:
      'Das ist zu groß. Haben Sie eine Datei geschickt? Dann gehen Sie zurück. Wählen Sie eine kleinere Datei. Ihre Antworten von den Seiten davor sind noch da.',
  },
  421: {
    de: 'Unter dieser Adresse gibt es hier nichts. Bitte prüfen Sie die Adresse.',
    en: 'There is nothing here at this address. Please check the address.',
    leicht: 'Hier gibt es nichts. Bitte prüfen Sie die Adresse.',
  },
  429: {
    de: 'Das waren sehr viele Anfragen in kurzer Zeit. Bitte warten Sie einen Moment und versuchen Sie es dann noch einmal.',
    en: 'There were very many requests in a short time. Please wait a moment, then try again.',
    leicht: 'Das war zu viel auf einmal. Bitte warten Sie kurz. Dann versuchen Sie es noch einmal.',
  },
  431: OVERFULL,
  503: {
    de: 'Einen Moment: Das Digitale Bürgerbüro ist gerade nicht bereit. Bitte versuchen Sie es gleich noch einmal oder rufen Sie 115 an.',
    en: 'One moment: the digital office is not ready just now. Please try again shortly or call 115.',
    leicht:
      'Einen Moment. Das Digitale Bürger-Büro geht gerade nicht. Bitte warten Sie kurz. Dann versuchen Sie es noch einmal. Oder rufen Sie an: 115.',
  },
};

const OURS: Words = {
  de: 'Hier ist etwas schiefgegangen. Das liegt an uns, nicht an Ihnen. Bitte versuchen Sie es noch einmal oder rufen Sie 115 an.',
  en: 'Something went wrong. It is our fault, not yours. Please try again or call 115.',
  leicht:
    'Hier ist ein Fehler. Der Fehler liegt bei uns. Sie haben nichts falsch gemacht. Bitte versuchen Sie es noch einmal. Oder rufen Sie an: 115.',
};

/** At the desk there are neither files nor pages before, and whoever answers the 115 cannot help its staff. */
const AT_DESK: Readonly<Record<number, string>> = {
  403: 'Das ist hier nicht erlaubt. Es wurde nichts gespeichert.',
  404: 'Diese Seite gibt es nicht.',
  413: 'Das ist zu viel auf einmal. Es wurde nicht gespeichert. Bitte gehen Sie zurück und kürzen Sie es.',
  503: 'Einen Moment: Das Digitale Bürgerbüro ist gerade nicht bereit. Bitte versuchen Sie es gleich noch einmal. Bleibt es so, sagen Sie es bitte der Technik.',
};
const UNREADABLE_AT_DESK =
  'Diese Anfrage ließ sich nicht lesen. Es wurde nichts gespeichert. Bitte gehen Sie zurück und versuchen Sie es noch einmal.';
const OURS_AT_DESK =
  'Hier ist etwas schiefgegangen. Das liegt nicht an Ihnen. Bitte versuchen Sie es noch einmal. Geschieht es wieder, sagen Sie es bitte der Technik.';

/** @returns what a clerk reads, in German as the whole desk */
export function deskErrorWordsOf(status: number): string {
  const words = errorWordsOf(status);
  const general = words === OURS ? OURS_AT_DESK : words === UNREADABLE ? UNREADABLE_AT_DESK : words.de;
  return AT_DESK[status] ?? general;
}

/** @returns the words for an HTTP status from 400 on: below 500 it is about what was sent, from there on about us */
export function errorWordsOf(status: number): Words {
  return WORDS[status] ?? (status < 500 ? UNREADABLE : OURS);
}

/** Where a clerk goes on. */
export const TO_DESK = 'Zu den Vorgängen';
export const START: Words = { de: 'Zum Anfang', en: 'To the start', leicht: 'Zum Anfang' };

/** What passes by itself: the page comes again, or the same form is sent again. */
export const AGAIN = {
  loads: {
    de: 'Diese Seite lädt sich in wenigen Sekunden von selbst neu.',
    en: 'This page loads again by itself in a few seconds.',
    leicht: 'Die Seite lädt gleich von selbst neu.',
  },
  load: { de: 'Jetzt noch einmal versuchen', en: 'Try again now', leicht: 'Jetzt noch einmal versuchen' },
  kept: {
    de: 'Was Sie eingegeben haben, ist noch da. Sie müssen es nicht noch einmal eingeben.',
    en: 'What you have entered is still here. You do not have to enter it again.',
    leicht: 'Ihre Angaben sind noch da. Sie müssen nichts noch einmal eingeben.',
  },
  file: {
    de: 'Nur Dateien können wir hier nicht aufheben. Bitte wählen Sie sie noch einmal aus.',
    en: 'Only files cannot be kept here. Please choose them again.',
    leicht: 'Nur die Datei ist nicht mehr da. Bitte wählen Sie die Datei noch einmal.',
  },
  fileLabel: { de: 'Datei', en: 'File', leicht: 'Datei' },
  send: { de: 'Noch einmal senden', en: 'Send again', leicht: 'Noch einmal senden' },
} satisfies Readonly<Record<string, Words>>;
