import type { Language } from '#service';

interface PaperWords {
  receipt: string;
  received: (date: string, time: string) => string;
  number: string;
  accessCode: string;
  keep: string;
  date: string;
  paid: string;
  scan: string;
  qrAlt: string;
  typed: string;
  next: string;
  said: string;
  office: string;
  issued: (date: string) => string;
  /** The same of a paper that says what somebody else confirms. */
  handedIn: (date: string) => string;
  printed: (date: string, time: string) => string;
  printedBy: string;
  reference: string;
  /** Nobody has compared the paper with a register. */
  asStated: string;
  check: string;
  checkText: string;
  checkCode: string;
  checkAlt: string;
  ticket: string;
  hours: string;
  page: string;
  of: string;
}

const WORDS: Record<Language, PaperWords> = {
  de: {
    receipt: 'Eingangsbestätigung',
    received: (date, time) => `Eingegangen am ${date} um ${time} Uhr`,
    number: 'Ihre Vorgangsnummer',
    accessCode: 'Ihr Zugangscode',
    keep: 'Bitte bewahren Sie diesen Beleg auf und zeigen Sie den Code niemandem: Wer Nummer und Code hat, kann Ihren Vorgang sehen.',
    date: 'Ihr Termin',
    paid: 'Gebühr',
    scan: 'Stand ansehen: mit dem Handy scannen',
    qrAlt: 'QR-Code: öffnet die Seite mit dem Stand Ihres Vorgangs',
    typed: 'Oder im Internet:',
    next: 'So geht es weiter',
    said: 'Ihre Angaben',
    office: 'Zuständig',
    issued: (date) => `Elektronisch ausgestellt am ${date}`,
    handedIn: (date) => `Elektronisch abgegeben am ${date}`,
    printed: (date, time) => `Ausgedruckt am ${date} um ${time} Uhr`,
    printedBy: 'Ausgedruckt bei',
    reference: 'Vorgangsnummer',
    asStated: 'Nach Angabe der antragstellenden Person; nicht mit dem Register verglichen.',
    check: 'Ist dieses Papier echt?',
    checkText:
      'Die Stadt zeigt im Internet, wann es ausgestellt wurde und was Wort für Wort darauf steht: mit Vorgangsnummer und Prüfcode oder diesem Bild.',
    checkCode: 'Prüfcode',
    checkAlt: 'QR-Code: öffnet die Seite der Stadt, die zeigt, ob dieses Papier echt ist',
    ticket: 'Für Ihren Besuch im Amt',
    hours: 'Öffnungszeiten',
    page: 'Seite',
    of: 'von',
  },
  en: {
    receipt: 'Confirmation of receipt',
    received: (date, time) => `Received on ${date} at ${time}`,
    number: 'Your case number',
    accessCode: 'Your access code',
    keep: 'Please keep this receipt and do not show the code to anyone: whoever has the number and the code can see your case.',
    date: 'Your date',
    paid: 'Fee',
    scan: 'See where it stands: scan with your phone',
    qrAlt: 'QR code: opens the page that shows where your case stands',
    typed: 'Or on the internet:',
    next: 'What happens next',
    said: 'What you told us',
    office: 'Responsible office',
    issued: (date) => `Issued electronically on ${date}`,
    handedIn: (date) => `Handed in electronically on ${date}`,
    printed: (date, time) => `Printed on ${date} at ${time}`,
    printedBy: 'Printed at',
    reference: 'Case number',
    asStated: 'As stated by the applicant; not compared with the register.',
    check: 'Is this paper genuine?',
    checkText:
      'On the internet the city shows when it was issued and what it says, word for word: with the case number and the verification code, or this picture.',
    checkCode: 'Verification code',
    checkAlt: 'QR code: opens the city’s page that shows whether this paper is genuine',
    ticket: 'For your visit to the office',
    hours: 'Opening hours',
    page: 'Page',
    of: 'of',
  },
  leicht: {
    receipt: 'Wir haben Ihren Antrag bekommen',
    received: (date, time) => `Am ${date} um ${time} Uhr`,
    number: 'Ihre Nummer',
    accessCode: 'Ihr geheimer Code',
    keep: 'Bitte heben Sie dieses Blatt gut auf. Zeigen Sie den Code keinem anderen Menschen.',
    date: 'Ihr Termin',
    paid: 'Geld',
    scan: 'Scannen Sie dieses Bild mit dem Handy. Dann sehen Sie: So weit sind wir.',
    qrAlt: 'QR-Code. Er öffnet die Internet-Seite mit Ihrem Antrag.',
    typed: 'Oder im Internet:',
    next: 'So geht es weiter',
    said: 'Das haben Sie uns gesagt',
    office: 'Dieses Amt hilft Ihnen',
    issued: (date) => `Dieses Blatt ist vom ${date}`,
    handedIn: (date) => `Bei der Stadt angekommen am ${date}`,
    printed: (date, time) => `Am ${date} um ${time} Uhr`,
    printedBy: 'Gedruckt bei',
    reference: 'Ihre Nummer',
    asStated: 'Das hat die Person uns gesagt. Wir haben es nicht geprüft.',
    check: 'Ist dieses Papier echt?',
    checkText:
      'Das zeigt die Stadt im Internet. Dort braucht man die Nummer und den Prüf-Code. Oder man scannt das Bild.',
    checkCode: 'Prüf-Code',
    checkAlt: 'QR-Code. Er öffnet eine Internet-Seite. Die Seite zeigt: Ist das Papier echt?',
    ticket: 'Für Ihren Besuch im Amt',
    hours: 'Dann ist offen',
    page: 'Seite',
    of: 'von',
  },
};

/** @returns the words on papers that are the same for every service */
export function paperWords(language: Language): PaperWords {
  return WORDS[language];
}
