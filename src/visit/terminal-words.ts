import { defineWords } from '#web';

/** The words around a machine that becomes a terminal, or no longer is one. Mostly read by the staff who set it up. */
export const terminalWords = defineWords({
  de: {
    title: 'Dieses Gerät anmelden',
    lead: 'Nur für Mitarbeitende: Den Code bekommen Sie am Arbeitsplatz unter „Terminals“. Mit ihm wird dieses Gerät das Terminal, für das der Code ausgestellt ist.',
    code: 'Code vom Arbeitsplatz',
    codeHelp:
      '15 Zeichen in drei Gruppen. Groß oder klein ist gleich. Die Ziffern 0 und 1 und die Buchstaben O, I und L kommen nicht vor.',
    send: 'Gerät anmelden',
    errorTitle: 'Bitte prüfen Sie den Code',
    wrong:
      'Diesen Code kennen wir nicht. Vergleichen Sie ihn mit dem Code am Arbeitsplatz. Wurde dort ein neuer ausgestellt oder das Terminal abgemeldet, gilt der alte nicht mehr.',
    expired: 'Dieser Code ist abgelaufen. Er gilt 15 Minuten. Stellen Sie am Arbeitsplatz einen neuen aus.',
    used: 'Dieser Code wurde schon benutzt. Waren Sie das nicht, ist jetzt ein fremdes Gerät angemeldet: Melden Sie es am Arbeitsplatz sofort ab und stellen Sie einen neuen Code aus.',
    slowed: (minutes: number) =>
      `Zu viele falsche Codes. Bitte warten Sie ${minutes} Min., bevor Sie weiter probieren. Ein richtiger Code geht auch jetzt.`,
    doneTitle: 'Dieses Gerät ist angemeldet',
    doneText: (terminal: string, site: string) => `Es ist jetzt das Terminal ${terminal} (${site}).`,
    doneWrong: 'Ist es das falsche Gerät, melden Sie es am Arbeitsplatz gleich wieder ab.',
    lostTitle: 'Dieses Gerät ist nicht in Betrieb',
    lostOthers: 'Bitte gehen Sie zu einem anderen Gerät.',
    lostOwn: 'Auf Ihrem eigenen Handy oder Computer finden Sie uns auch.',
    lostStaff: 'Für Mitarbeitende: Gerät anmelden',
  },
  en: {
    title: 'Register this machine',
    lead: 'For staff only: you get the code at the desk under “Terminals”. It makes this machine the terminal for which the code was issued.',
    code: 'Code from the desk',
    codeHelp:
      '15 characters in three groups. Capital or small makes no difference. The digits 0 and 1 and the letters O, I and L do not occur.',
    send: 'Register machine',
    errorTitle: 'Please check the code',
    wrong:
      'We do not know this code. Compare it with the code at the desk. If a new one was issued there or the terminal was signed off, the old one no longer counts.',
    expired: 'This code has expired. It is valid for 15 minutes. Issue a new one at the desk.',
    used: 'This code was used before. If that was not you, a machine that you do not know is registered now: sign it off at the desk at once and issue a new code.',
    slowed: (minutes: number) =>
      `Too many wrong codes. Please wait ${minutes} min. before you go on trying. A right code works now, too.`,
    doneTitle: 'This machine is registered',
    doneText: (terminal: string, site: string) => `It now is the terminal ${terminal} (${site}).`,
    doneWrong: 'If this is the wrong machine, sign it off again at the desk right away.',
    lostTitle: 'This machine is out of service',
    lostOthers: 'Please go to another machine.',
    lostOwn: 'You find us on your own phone or computer, too.',
    lostStaff: 'For staff: register this machine',
  },
  leicht: {
    title: 'Dieses Gerät anmelden',
    lead: 'Diese Seite ist nur für das Amt. Der Code steht am Arbeitsplatz. Dort heißt die Seite: Terminals. Mit dem Code wird dieses Gerät ein Terminal.',
    code: 'Code vom Arbeitsplatz',
    codeHelp: 'Der Code hat 15 Zeichen. Sie können groß oder klein schreiben.',
    send: 'Gerät anmelden',
    errorTitle: 'Da stimmt etwas nicht',
    wrong:
      'Wir kennen den Code nicht. Bitte sehen Sie noch einmal nach. Vielleicht gibt es einen neuen Code.',
    expired: 'Der Code ist zu alt. Er geht nur 15 Minuten. Bitte holen Sie einen neuen Code.',
    used: 'Der Code ist schon benutzt. Waren Sie das nicht? Dann ist ein fremdes Gerät angemeldet. Bitte melden Sie das fremde Gerät ab. Holen Sie dann einen neuen Code.',
    slowed: (minutes: number) =>
      `Das waren zu viele falsche Codes. Bitte warten Sie ${minutes} Minuten. Ein richtiger Code geht auch jetzt.`,
    doneTitle: 'Dieses Gerät ist angemeldet',
    doneText: (terminal: string, site: string) =>
      `Das Gerät heißt jetzt: ${terminal}. Es steht hier: ${site}.`,
    doneWrong: 'Ist es das falsche Gerät? Dann melden Sie es am Arbeitsplatz wieder ab.',
    lostTitle: 'Dieses Gerät geht gerade nicht',
    lostOthers: 'Bitte gehen Sie zu einem anderen Gerät.',
    lostOwn: 'Oder nehmen Sie Ihr Handy. Oder Ihren Computer. Dort finden Sie uns auch.',
    lostStaff: 'Für das Amt: Gerät anmelden',
  },
});
