import { defineWords } from '#web';

/** The words of the way with a code that the office has sent by letter. */
export const letterWords = defineWords({
  de: {
    haveCode: 'Ich habe einen Code per Brief',
    cardTitle: 'Ohne BundID: mit einem Code per Brief',
    cardText: (office: string) =>
      `Das Amt (${office}) schickt Ihnen auf Wunsch einen Brief mit einem Code. Damit bestätigen Sie hier, ohne sich bei BundID anzumelden. Der Code gilt ein Jahr.`,
    cardAsk: (phone: string) => `Den Brief bekommen Sie unter der Telefonnummer ${phone}.`,
    cardAskAt: (address: string) => `Den Brief bekommen Sie hier: ${address}.`,
    title: 'Geben Sie den Code aus dem Brief ein',
    lead: 'Er steht in dem Brief, den Ihnen das Amt geschickt hat. Nur wer den Brief bekommen hat, darf ihn benutzen.',
    code: 'Code aus dem Brief',
    codeHelp:
      '15 Zeichen in drei Gruppen. Groß oder klein ist gleich. Die Ziffern 0 und 1 und die Buchstaben O, I und L kommen nicht vor.',
    send: 'Weiter',
    errorTitle: 'Bitte prüfen Sie den Code',
    wrong:
      'Diesen Code kennen wir nicht. Bitte vergleichen Sie ihn mit dem Brief. Ist der Brief älter als ein Jahr, bitten Sie das Amt um einen neuen.',
    expired:
      'Dieser Code ist abgelaufen. Bitten Sie das Amt um einen neuen Brief, oder melden Sie sich mit BundID an.',
    revoked:
      'Dieser Code ist gesperrt. Fragen Sie bitte das Amt, das den Brief geschickt hat, oder melden Sie sich mit BundID an.',
    slowed: (minutes: number) =>
      `Zu viele Versuche. Bitte warten Sie ${minutes} Min. und versuchen Sie es dann noch einmal.`,
    taken: 'Ihr Code stimmt.',
    takenText: (name: string) => `Der Brief ging an: ${name}. Schreiben Sie noch, wer Sie sind.`,
    again: 'Doch anders anmelden',
  },
  en: {
    haveCode: 'I have a code by letter',
    cardTitle: 'Without BundID: with a code by letter',
    cardText: (office: string) =>
      `On request the office (${office}) sends you a letter with a code. With it you confirm here without signing in with BundID. The code is valid for a year.`,
    cardAsk: (phone: string) => `To get the letter, call ${phone}.`,
    cardAskAt: (address: string) => `To get the letter, ask here: ${address}.`,
    title: 'Enter the code from the letter',
    lead: 'It is in the letter that the office has sent you. Only the person who received the letter may use it.',
    code: 'Code from the letter',
    codeHelp:
      '15 characters in three groups. Capital or small makes no difference. The digits 0 and 1 and the letters O, I and L do not occur.',
    send: 'Continue',
    errorTitle: 'Please check the code',
    wrong:
      'We do not know this code. Please compare it with the letter. If the letter is older than a year, ask the office for a new one.',
    expired: 'This code has expired. Ask the office for a new letter, or sign in with BundID.',
    revoked:
      'This code has been blocked. Please ask the office that sent the letter, or sign in with BundID.',
    slowed: (minutes: number) => `Too many tries. Please wait ${minutes} min., then try again.`,
    taken: 'Your code is right.',
    takenText: (name: string) => `The letter went to: ${name}. Please also write who you are.`,
    again: 'Sign in another way',
  },
  leicht: {
    haveCode: 'Ich habe einen Brief mit einem Code',
    cardTitle: 'Es geht auch mit einem Brief',
    cardText: (office: string) =>
      `Sie haben kein BundID? Dann bitten Sie um einen Brief. Den Brief schickt dieses Amt: ${office}. In dem Brief steht ein Code. Der Code gilt ein Jahr.`,
    cardAsk: (phone: string) => `Rufen Sie dafür an: ${phone}.`,
    cardAskAt: (address: string) => `Fragen Sie hier danach: ${address}.`,
    title: 'Schreiben Sie den Code aus dem Brief',
    lead: 'Das Amt hat Ihnen einen Brief geschickt. In dem Brief steht der Code. Der Code ist nur für Sie.',
    code: 'Code aus dem Brief',
    codeHelp: 'Der Code hat 15 Zeichen. Sie können groß oder klein schreiben.',
    send: 'Weiter',
    errorTitle: 'Da stimmt etwas nicht',
    wrong:
      'Wir kennen den Code nicht. Bitte sehen Sie noch einmal in den Brief. Der Brief ist älter als ein Jahr? Dann fragen Sie das Amt. Das Amt schickt Ihnen einen neuen Brief.',
    expired: 'Der Code ist zu alt. Bitte fragen Sie das Amt. Das Amt schickt Ihnen einen neuen Brief.',
    revoked: 'Der Code geht nicht mehr. Bitte fragen Sie das Amt.',
    slowed: (minutes: number) => `Das waren zu viele Versuche. Bitte warten Sie ${minutes} Minuten.`,
    taken: 'Der Code stimmt.',
    takenText: (name: string) => `Der Brief war für: ${name}. Bitte schreiben Sie jetzt Ihren Namen.`,
    again: 'Anders anmelden',
  },
});
