import type { CardStatus, PaymentReason, Way } from '#payment';
import { defineWords } from '#web';

/** The words of paying: ways, what a card terminal is doing, why it did not work. */
export const payWords = defineWords({
  de: {
    title: 'Bezahlen',
    lead: 'Ihre Angaben sind fertig. Abgesendet wird, sobald bezahlt ist.',
    ask: 'Wie möchten Sie bezahlen?',
    due: 'Zu bezahlen',
    reference: 'Nummer des Vorgangs',
    card: 'Mit Karte am Gerät',
    cardHint: 'Girocard oder Kreditkarte, auch mit dem Handy',
    page: 'Auf der Bezahlseite',
    pageHint: 'Mit Lastschrift, Karte oder Bezahldienst',
    noWay: 'Bezahlen geht hier zurzeit nicht. Bitte versuchen Sie es später, oder rufen Sie die 115 an.',
    back: 'Zurück, ohne zu bezahlen',
    abort: 'Bezahlen abbrechen',
    waitTitle: 'Am Kartengerät bezahlen',
    pageWaitTitle: 'Auf der Bezahlseite bezahlen',
    pageWaitText: 'Haben Sie bezahlt? Dann geht es hier gleich von selbst weiter.',
    pageAgain: 'Bezahlseite öffnen',
    pageAwayTitle: 'Die Bezahlseite antwortet nicht',
    pageAwayText: 'Sie haben nichts bezahlt. Versuchen Sie es gleich noch einmal, oder brechen Sie ab.',
    pageAwayKept: 'Ihre Angaben sind gespeichert.',
    pageAwayOpened:
      'Haben Sie dort schon bezahlt? Das merken wir, und es geht hier von selbst weiter. Bezahlen Sie dann nicht noch einmal. Sonst versuchen Sie es gleich noch einmal, oder brechen Sie ab.',
    tryAgain: 'Noch einmal versuchen',
    unknownTitle: 'Ist schon bezahlt? Wir klären das.',
    unknownText:
      'Wir haben noch keine klare Antwort. Bitte bezahlen Sie nicht noch einmal. Wir fragen nach, und es geht hier von selbst weiter.',
    stopping: 'Wird abgebrochen …',
    stoppingPage:
      'Wir fragen die Bezahlseite noch, ob dort bezahlt worden ist. Bitte bezahlen Sie dort nicht mehr.',
    look: 'Jetzt nachsehen',
    notPaid: 'Es ist nicht bezahlt worden.',
    notArrived: 'Bisher ist keine Zahlung angekommen.',
    watched:
      'Die Bezahlseite kann noch offen sein. Haben Sie dort bezahlt, oder tun Sie es noch? Das merken wir. Bezahlen Sie dann nicht noch einmal: Warten Sie einen Moment, und sehen Sie nach.',
    backTitle: 'Zurück von der Bezahlseite',
    backPaid:
      'Haben Sie bezahlt? Das merken wir, auch wenn Sie es hier nicht sehen. Bezahlen und bestellen Sie bitte nicht noch einmal.',
    backSent:
      'Mit der Zahlung geht Ihr Antrag an das Amt. Gibt es ihn nicht mehr, zum Beispiel weil Sie ihn geändert oder Ihren Besuch beendet haben, gibt das Amt das Geld zurück.',
    backCode:
      'Nummer und Code stehen nur in dem Browser, in dem Sie den Antrag ausgefüllt haben. Kehren Sie dorthin zurück.',
    strayTitle: (sum: string) => `Ihre Zahlung ist angekommen: ${sum}`,
    strayGone: 'Der Antrag dazu ist nicht mehr da. Das Amt gibt das Geld zurück.',
    strayTwice: 'Der Antrag dazu war schon bezahlt. Das Amt gibt das Geld zurück.',
    goOn: 'Weiter',
    insertCard: 'Bitte halten Sie Ihre Karte an das Gerät, oder stecken Sie sie ein.',
    enterPin: 'Bitte geben Sie am Gerät Ihre PIN ein.',
    choose: 'Bitte wählen Sie am Gerät aus.',
    pleaseWait: 'Bitte warten Sie einen Moment.',
    removeCard: 'Bitte nehmen Sie Ihre Karte wieder heraus.',
    cardUnreadable: 'Die Karte ist nicht lesbar. Bitte versuchen Sie es noch einmal.',
    approved: 'Die Karte ist angenommen. Einen Moment noch.',
    reversing: 'Die Zahlung wird zurückgenommen.',
    reasonDeclined: 'Die Karte wurde abgelehnt. Versuchen Sie es mit einer anderen Karte.',
    reasonPin: 'Die PIN war falsch. Versuchen Sie es noch einmal.',
    reasonAborted: 'Das Bezahlen wurde abgebrochen. Sie können neu wählen.',
    reasonTakenBack: 'Das Bezahlen wurde abgebrochen. Die Zahlung mit der Karte ist zurückgenommen.',
    reasonTimeout: 'Es hat zu lange gedauert. Versuchen Sie es noch einmal.',
    reasonTerminal: 'Das Kartengerät hat ein Problem. Versuchen Sie es noch einmal.',
    otherWay: 'Oder wählen Sie den anderen Weg.',
    reasonPageAway: 'Die Bezahlseite antwortet nicht. Versuchen Sie es gleich noch einmal.',
    reasonBusy: 'Am Kartengerät läuft noch eine andere Zahlung. Bitte warten Sie einen Moment.',
    reasonPage: 'Auf der Bezahlseite hat es nicht geklappt. Versuchen Sie es noch einmal.',
  },
  en: {
    title: 'Payment',
    lead: 'Your answers are complete. They are sent as soon as you have paid.',
    ask: 'How would you like to pay?',
    due: 'To pay',
    reference: 'Case number',
    card: 'By card at the terminal',
    cardHint: 'Girocard or credit card, also with your phone',
    page: 'On the payment page',
    pageHint: 'By direct debit, card or payment service',
    noWay: 'You cannot pay here at the moment. Please try again later, or call 115.',
    back: 'Back without paying',
    abort: 'Cancel payment',
    waitTitle: 'Pay at the card terminal',
    pageWaitTitle: 'Pay on the payment page',
    pageWaitText: 'Have you paid? Then it goes on here by itself in a moment.',
    pageAgain: 'Open the payment page',
    pageAwayTitle: 'The payment page does not answer',
    pageAwayText: 'You have not paid anything. Try again in a moment, or cancel.',
    pageAwayKept: 'Your answers are saved.',
    pageAwayOpened:
      'Have you paid there already? We will notice, and it goes on here by itself. Then do not pay again. Otherwise try again in a moment, or cancel.',
    tryAgain: 'Try again',
    unknownTitle: 'Have you paid already? We are finding out.',
    unknownText:
      'We have no clear answer yet. Please do not pay again. We are finding out, and it goes on here by itself.',
    stopping: 'Cancelling …',
    stoppingPage:
      'We are still asking the payment page whether somebody has paid there. Please do not pay there any more.',
    look: 'Check now',
    notPaid: 'Nothing has been paid.',
    notArrived: 'No payment has arrived so far.',
    watched:
      'The payment page may still be open. Have you paid there, or are you still doing so? We will notice. Then do not pay again: wait a moment and check.',
    backTitle: 'Back from the payment page',
    backPaid:
      'Have you paid? We notice that, even if you do not see it here. Please do not pay or order again.',
    backSent:
      'With the payment your application goes to the office. If it no longer exists, for example because you changed it or ended your visit, the office gives the money back.',
    backCode:
      'Number and code are only in the browser in which you filled in the application. Go back to it.',
    strayTitle: (sum: string) => `Your payment has arrived: ${sum}`,
    strayGone: 'The application for it no longer exists. The office gives the money back.',
    strayTwice: 'The application for it had been paid already. The office gives the money back.',
    goOn: 'Continue',
    insertCard: 'Please hold your card against the terminal, or insert it.',
    enterPin: 'Please enter your PIN on the terminal.',
    choose: 'Please choose on the terminal.',
    pleaseWait: 'Please wait a moment.',
    removeCard: 'Please remove your card.',
    cardUnreadable: 'The card cannot be read. Please try again.',
    approved: 'The card has been accepted. Just a moment.',
    reversing: 'The payment is being taken back.',
    reasonDeclined: 'The card was declined. Try another card.',
    reasonPin: 'The PIN was wrong. Please try again.',
    reasonAborted: 'The payment was cancelled. You can choose again.',
    reasonTakenBack: 'The payment was cancelled. What was paid by card has been taken back.',
    reasonTimeout: 'It took too long. Please try again.',
    reasonTerminal: 'The card terminal has a problem. Please try again.',
    otherWay: 'Or choose the other way.',
    reasonPageAway: 'The payment page does not answer. Try again in a moment.',
    reasonBusy: 'Another payment is still running at the card terminal. Please wait a moment.',
    reasonPage: 'It did not work on the payment page. Try again.',
  },
  leicht: {
    title: 'Bezahlen',
    lead: 'Ihre Antworten sind fertig. Jetzt müssen Sie bezahlen. Dann schicken wir alles ab.',
    ask: 'Wie wollen Sie bezahlen?',
    due: 'So viel kostet es',
    reference: 'Ihre Nummer',
    card: 'Mit Karte am Gerät',
    cardHint: 'Zum Beispiel mit der Bank-Karte',
    page: 'Auf einer Internet-Seite',
    pageHint: 'Zum Beispiel mit dem Handy',
    noWay: 'Bezahlen geht hier gerade nicht. Bitte versuchen Sie es später. Oder rufen Sie an: 115.',
    back: 'Zurück. Ich bezahle nicht.',
    abort: 'Bezahlen abbrechen',
    waitTitle: 'Am Karten-Gerät bezahlen',
    pageWaitTitle: 'Im Internet bezahlen',
    pageWaitText: 'Haben Sie bezahlt? Dann warten Sie bitte kurz. Es geht von selbst weiter.',
    pageAgain: 'Seite zum Bezahlen öffnen',
    pageAwayTitle: 'Die Internet-Seite geht gerade nicht',
    pageAwayText: 'Sie haben nichts bezahlt. Versuchen Sie es gleich noch einmal. Oder brechen Sie ab.',
    pageAwayKept: 'Ihre Antworten sind noch da.',
    pageAwayOpened:
      'Haben Sie dort schon bezahlt? Das merken wir. Dann geht es hier von selbst weiter. Bezahlen Sie dann nicht noch einmal. Haben Sie noch nicht bezahlt? Dann versuchen Sie es gleich noch einmal. Oder brechen Sie ab.',
    tryAgain: 'Noch einmal versuchen',
    unknownTitle: 'Haben Sie schon bezahlt? Wir fragen nach.',
    unknownText:
      'Es gab ein Problem mit der Technik. Bitte bezahlen Sie nicht noch einmal. Wir fragen nach. Bitte warten Sie hier.',
    stopping: 'Wir brechen ab …',
    stoppingPage:
      'Wir fragen noch nach: Haben Sie auf der Internet-Seite bezahlt? Bitte bezahlen Sie dort nicht mehr.',
    look: 'Jetzt nach-sehen',
    notPaid: 'Sie haben nichts bezahlt.',
    notArrived: 'Bei uns ist noch kein Geld angekommen.',
    watched:
      'Die Internet-Seite ist vielleicht noch offen. Haben Sie dort bezahlt? Oder bezahlen Sie dort noch? Das merken wir. Bezahlen Sie dann nicht noch einmal. Warten Sie kurz. Und sehen Sie dann nach.',
    backTitle: 'Sie kommen vom Bezahlen',
    backPaid:
      'Haben Sie bezahlt? Das merken wir. Auch wenn Sie es hier nicht sehen. Bitte bezahlen Sie nicht noch einmal. Und bestellen Sie nicht noch einmal.',
    backSent:
      'Haben Sie bezahlt? Dann bekommt das Amt Ihren Antrag. Vielleicht gibt es den Antrag nicht mehr. Zum Beispiel: Sie haben ihn geändert. Oder Sie haben den Besuch beendet. Dann gibt das Amt das Geld zurück.',
    backCode:
      'Sie suchen Ihre Nummer und Ihren Code? Die stehen nur dort, wo Sie den Antrag ausgefüllt haben. Gehen Sie dorthin zurück.',
    strayTitle: (sum: string) => `Ihr Geld ist angekommen: ${sum}`,
    strayGone: 'Den Antrag dazu gibt es nicht mehr. Das Amt gibt Ihnen das Geld zurück.',
    strayTwice: 'Der Antrag war schon bezahlt. Das Amt gibt Ihnen das Geld zurück.',
    goOn: 'Weiter',
    insertCard: 'Halten Sie Ihre Karte an das Gerät. Oder stecken Sie die Karte hinein.',
    enterPin: 'Tippen Sie Ihre PIN in das Gerät.',
    choose: 'Wählen Sie am Gerät etwas aus.',
    pleaseWait: 'Bitte warten Sie kurz.',
    removeCard: 'Nehmen Sie Ihre Karte wieder heraus.',
    cardUnreadable: 'Das Gerät kann die Karte nicht lesen. Versuchen Sie es noch einmal.',
    approved: 'Die Karte geht. Bitte warten Sie kurz.',
    reversing: 'Sie bekommen das Geld zurück.',
    reasonDeclined: 'Die Karte geht nicht. Nehmen Sie eine andere Karte.',
    reasonPin: 'Die PIN war falsch. Versuchen Sie es noch einmal.',
    reasonAborted: 'Das Bezahlen ist abgebrochen. Sie können neu wählen.',
    reasonTakenBack: 'Das Bezahlen ist abgebrochen. Die Zahlung mit der Karte gilt nicht.',
    reasonTimeout: 'Es hat zu lange gedauert. Versuchen Sie es noch einmal.',
    reasonTerminal: 'Das Karten-Gerät hat ein Problem. Versuchen Sie es noch einmal.',
    otherWay: 'Oder bezahlen Sie anders.',
    reasonPageAway: 'Die Internet-Seite geht gerade nicht. Versuchen Sie es noch einmal.',
    reasonBusy: 'Am Karten-Gerät bezahlt gerade jemand anderes. Bitte warten Sie kurz.',
    reasonPage: 'Auf der Internet-Seite hat es nicht geklappt. Versuchen Sie es noch einmal.',
  },
});
type Words = ReturnType<typeof payWords>;

const PICTURES: Record<CardStatus, string> = {
  ...{ insertCard: 'bankCard', enterPin: 'keyboard', wrongPin: 'keyboard', choose: 'cardTerminal' },
  ...{ pleaseWait: 'hourglass', removeCard: 'bankCard', cardUnreadable: 'bankCard', cardRefused: 'error' },
  ...{ approved: 'success', declined: 'error', aborted: 'cross', reversing: 'back' },
};

/** @returns the pictogram for what the person shall do at the card terminal now */
export function statusPicture(status: CardStatus | undefined): string {
  return status === undefined ? 'hourglass' : PICTURES[status];
}

/** @returns what the person shall do at the card terminal now */
export function statusText(status: CardStatus | undefined, w: Words): string {
  const texts: Record<CardStatus, string> = {
    ...{ insertCard: w.insertCard, enterPin: w.enterPin, wrongPin: w.reasonPin, choose: w.choose },
    ...{ pleaseWait: w.pleaseWait, removeCard: w.removeCard, cardUnreadable: w.cardUnreadable },
    ...{ cardRefused: w.reasonDeclined, approved: w.approved, declined: w.reasonDeclined },
    ...{ aborted: w.reasonAborted, reversing: w.reversing },
  };
  return status === undefined ? w.pleaseWait : texts[status];
}

/** Why the last try to pay did not work; `takenBack`: the card terminal has taken back what it had approved. */
export type PayTrouble = PaymentReason | 'takenBack';

/**
 * @param way of the last try
 * @param other whether there is another way here
 * @returns why it did not work; undefined when there is nothing to say about it
 */
export function reasonText(
  reason: PayTrouble | null,
  { way, other }: { way: Way | null; other: boolean },
  w: Words,
): string | undefined {
  const orElse = (text: string): string => (other ? `${text} ${w.otherWay}` : text);
  switch (reason) {
    case 'declined':
      return w.reasonDeclined;
    case 'wrongPin':
      return w.reasonPin;
    case 'aborted':
    case 'cancelled':
    case 'givenUp':
      return w.reasonAborted;
    case 'timeout':
    case 'expired':
      return w.reasonTimeout;
    case 'takenBack':
      return w.reasonTakenBack;
    case 'busy':
      return orElse(w.reasonBusy);
    case 'refused':
      return w.reasonPage;
    case null:
    case 'superseded':
      return undefined;
    default:
      if (way !== 'page') return orElse(w.reasonTerminal);
      return reason === 'unreachable' ? w.reasonPageAway : w.reasonPage;
  }
}
