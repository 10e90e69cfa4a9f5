import { defineWords } from '#web';

/** The words of going through a service and of what came of it. Services bring theirs; layout and fields have theirs in the web room. */
export const words = defineWords({
  de: {
    goOn: 'Weitermachen',
    unsentTitle: 'Andere Angaben von Ihnen sind noch nicht abgesendet.',
    unsentText: 'Sie gehören nicht zu dieser Nummer. Sie können sie noch einmal ansehen und neu absenden.',
    costTitle: 'Kosten',
    change: 'ändern',
    handIn: 'Verbindlich absenden',
    reviewText: 'Stimmt alles? Mit „ändern“ kommen Sie zurück, ohne etwas zu verlieren.',
    doneCode: 'Ihr Code',
    doneCodeHelp:
      'Mit Nummer und Code sehen Sie jederzeit, wie es weitergeht. Bewahren Sie den Code gut auf.',
    nextTitle: 'So geht es weiter',
    qrTitle: 'Auf Ihr Handy',
    qrText: 'Scannen Sie das Bild mit der Kamera. So haben Sie Nummer und Code dabei.',
    qrElse: (address: string) => `Ohne Kamera: Öffnen Sie ${address} und geben Sie Nummer und Code ein.`,
  },
  en: {
    goOn: 'Continue',
    unsentTitle: 'Other answers of yours have not been sent yet.',
    unsentText: 'They do not belong to this number. You can look at them again and send them anew.',
    costTitle: 'Cost',
    change: 'change',
    handIn: 'Send now',
    reviewText: 'Is everything right? With “change” you go back without losing anything.',
    doneCode: 'Your code',
    doneCodeHelp: 'With number and code you can always see what happens next. Keep the code safe.',
    nextTitle: 'What happens next',
    qrTitle: 'To your phone',
    qrText: 'Scan the picture with your camera. Then you have number and code with you.',
    qrElse: (address: string) => `Without a camera: open ${address} and enter number and code.`,
  },
  leicht: {
    goOn: 'Weiter machen',
    unsentTitle: 'Andere Antworten von Ihnen sind noch nicht abgesendet.',
    unsentText:
      'Sie gehören nicht zu dieser Nummer. Sie können die Antworten noch einmal ansehen. Dann können Sie neu absenden.',
    costTitle: 'Das kostet es',
    change: 'ändern',
    handIn: 'Jetzt abschicken',
    reviewText: 'Ist alles richtig? Sie können alles noch ändern. Tippen Sie dann auf „ändern“.',
    doneCode: 'Ihr Code',
    doneCodeHelp:
      'Mit der Nummer und dem Code können Sie nach-schauen: Wie geht es weiter? Zeigen Sie den Code niemandem.',
    nextTitle: 'So geht es weiter',
    qrTitle: 'Auf Ihr Handy',
    qrText: 'Machen Sie die Kamera von Ihrem Handy an. Halten Sie das Handy vor das Bild.',
    qrElse: (address: string) =>
      `Sie haben keine Kamera? Gehen Sie im Internet auf diese Seite: ${address}. Schreiben Sie dort die Nummer und den Code.`,
  },
});
