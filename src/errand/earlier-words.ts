import { defineWords } from '#web';

/** The words of pay pages that an order does not wait for any more. */
export const earlierWords = defineWords({
  de: {
    title: 'Eine Bezahlseite von vorhin kann noch offen sein',
    other:
      'Sie gehört zu Ihren früheren Angaben. Bitte bezahlen Sie dort nicht mehr: Der Antrag hier ist damit nicht bezahlt. Kommt dort noch Geld an, gibt das Amt es zurück.',
    again: 'Bitte bezahlen Sie nur einmal. Was doppelt ankommt, gibt das Amt zurück.',
    paid: 'Bitte bezahlen Sie dort nicht mehr. Kommt dort noch Geld an, gibt das Amt es zurück.',
    came: (sum: string) => `Auf der Bezahlseite von vorhin sind ${sum} angekommen`,
    back: 'Den Antrag dazu haben Sie geändert oder aufgegeben. Das Amt gibt das Geld zurück.',
    backUnpaid:
      'Den Antrag dazu haben Sie geändert oder aufgegeben. Das Amt gibt das Geld zurück. Der Antrag hier ist noch nicht bezahlt.',
  },
  en: {
    title: 'A payment page from before may still be open',
    other:
      'It belongs to your earlier answers. Please do not pay there any more: it would not pay for this application. If money still arrives there, the office gives it back.',
    again: 'Please pay only once. What arrives twice, the office gives back.',
    paid: 'Please do not pay there any more. If money still arrives there, the office gives it back.',
    came: (sum: string) => `${sum} have arrived on the payment page from before`,
    back: 'You have changed or given up the application for it. The office gives the money back.',
    backUnpaid:
      'You have changed or given up the application for it. The office gives the money back. This application has not been paid for yet.',
  },
  leicht: {
    title: 'Eine andere Seite zum Bezahlen ist vielleicht noch offen',
    other:
      'Die andere Seite ist für Ihre alten Antworten. Bitte bezahlen Sie dort nicht mehr. Sonst ist dieser Antrag nicht bezahlt. Kommt dort noch Geld an? Dann gibt das Amt das Geld zurück.',
    again: 'Bitte bezahlen Sie nur ein Mal. Bezahlen Sie zwei Mal? Dann gibt das Amt das Geld zurück.',
    paid: 'Bitte bezahlen Sie dort nicht mehr. Kommt dort noch Geld an? Dann gibt das Amt das Geld zurück.',
    came: (sum: string) => `Auf der anderen Seite sind ${sum} angekommen`,
    back: 'Das Geld ist für einen alten Antrag. Den Antrag haben Sie geändert. Oder Sie haben ihn nicht abgeschickt. Das Amt gibt Ihnen das Geld zurück.',
    backUnpaid:
      'Das Geld ist für einen alten Antrag. Den Antrag haben Sie geändert. Oder Sie haben ihn nicht abgeschickt. Das Amt gibt Ihnen das Geld zurück. Dieser Antrag hier ist noch nicht bezahlt.',
  },
});
