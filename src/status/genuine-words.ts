import { defineWords } from '#web';

/** The words of the page that says whether a paper is genuine. */
export const genuineWords = defineWords({
  de: {
    title: 'Ist dieses Papier echt?',
    lead: 'Hier prüfen Sie ein Papier, das das Amt ausgestellt hat. Vorgangsnummer und Prüfcode stehen unten auf dem Papier.',
    number: 'Vorgangsnummer',
    numberHelp: '9 Ziffern',
    code: 'Prüfcode',
    codeHelp: '15 Zeichen in drei Gruppen',
    check: 'Prüfen',
    slipTitle: 'Bitte prüfen Sie Ihre Angaben',
    errorTitle: 'Wir haben kein Papier gefunden',
    errorUnknown:
      'Mit dieser Nummer und diesem Prüfcode haben wir kein Papier ausgestellt. Vergleichen Sie beide noch einmal Zeichen für Zeichen. Stehen sie genau so auf dem Papier, können wir es nicht bestätigen.',
    errorSlowed: (minutes: number) =>
      `Das waren zu viele Versuche. Bitte warten Sie ${minutes} Min., dann geht es weiter.`,
    genuine: 'Echt',
    issued: (date: string, office: string) => `Dieses Papier wurde am ${date} ausgestellt: ${office}.`,
    compare:
      'Vergleichen Sie jede Zeile mit dem Papier. Es muss genau das darauf stehen, was Sie hier lesen. Steht dort etwas anderes, wurde es verändert.',
    deleted: 'Ausgestellt, aber nicht mehr zu vergleichen',
    deletedText: (issued: string, deleted: string) =>
      `Mit dieser Nummer und diesem Prüfcode wurde am ${issued} ein Papier ausgestellt. Was darauf stand, ist seit dem ${deleted} gelöscht, weil die Aufbewahrungsfrist vorbei ist. Ob es verändert wurde, können wir deshalb nicht mehr sagen.`,
    revoked: 'Zurückgenommen',
    revokedText: (issued: string, revoked: string) =>
      `Dieses Papier wurde am ${issued} ausgestellt und am ${revoked} zurückgenommen. Es gilt nicht mehr, was auch immer darauf steht. Fragen Sie die Person nach einem neuen Papier.`,
    another: 'Noch ein Papier prüfen',
  },
  en: {
    title: 'Is this paper genuine?',
    lead: 'Here you check a paper that the office has issued. The case number and the verification code are at the bottom of the paper.',
    number: 'Case number',
    numberHelp: '9 digits',
    code: 'Verification code',
    codeHelp: '15 characters in three groups',
    check: 'Check',
    slipTitle: 'Please check your entries',
    errorTitle: 'We have found no paper',
    errorUnknown:
      'We have issued no paper with this number and this verification code. Compare both again, character by character. If they stand like this on the paper, we cannot confirm it.',
    errorSlowed: (minutes: number) =>
      `Those were too many tries. Please wait ${minutes} min, then you can go on.`,
    genuine: 'Genuine',
    issued: (date: string, office: string) => `This paper was issued on ${date}: ${office}.`,
    compare:
      'Compare every line with the paper. It must say exactly what you read here. If it says anything else, it has been changed.',
    deleted: 'Issued, but no longer possible to compare',
    deletedText: (issued: string, deleted: string) =>
      `A paper with this number and this verification code was issued on ${issued}. What it said was deleted on ${deleted}, because the time for keeping it is over. So we can no longer say whether it has been changed.`,
    revoked: 'Revoked',
    revokedText: (issued: string, revoked: string) =>
      `This paper was issued on ${issued} and revoked on ${revoked}. It is no longer valid, whatever it says. Ask the person for a new paper.`,
    another: 'Check another paper',
  },
  leicht: {
    title: 'Ist dieses Papier echt?',
    lead: 'Sie haben ein Papier vom Amt. Hier sehen Sie: Ist das Papier echt? Die Nummer und der Prüf-Code stehen unten auf dem Papier.',
    number: 'Nummer',
    numberHelp: '9 Zahlen',
    code: 'Prüf-Code',
    codeHelp: '15 Zeichen',
    check: 'Prüfen',
    slipTitle: 'Da stimmt etwas nicht',
    errorTitle: 'Wir haben kein Papier gefunden',
    errorUnknown:
      'Wir kennen kein Papier mit dieser Nummer und diesem Code. Schauen Sie noch einmal genau auf das Papier. Steht dort genau das Gleiche? Dann wissen wir nicht: Ist das Papier echt?',
    errorSlowed: (minutes: number) => `Das waren zu viele Versuche. Bitte warten Sie ${minutes} Minuten.`,
    genuine: 'Echt',
    issued: (date: string, office: string) => `Das Papier ist vom ${date}. Es kommt von: ${office}.`,
    compare:
      'Vergleichen Sie jede Zeile mit dem Papier. Steht auf dem Papier genau das Gleiche? Dann ist es echt. Steht dort etwas anderes? Dann hat es jemand verändert.',
    deleted: 'Wir können nicht mehr vergleichen',
    deletedText: (issued: string, deleted: string) =>
      `Es gab so ein Papier. Es ist vom ${issued}. Aber die Daten sind seit dem ${deleted} gelöscht. Wir dürfen sie nicht länger haben. Wir können nicht mehr sagen: Ist das Papier verändert?`,
    revoked: 'Zurück-genommen',
    revokedText: (issued: string, revoked: string) =>
      `Das Papier ist vom ${issued}. Das Amt hat es am ${revoked} zurück-genommen. Das Papier gilt nicht mehr. Fragen Sie die Person: Gibt es ein neues Papier?`,
    another: 'Noch ein Papier prüfen',
  },
});
