import { defineWords } from '#web';

/** The words of taking a case back, and of what becomes then of what it has. */
export const withdrawWords = defineWords({
  de: {
    title: 'Antrag zurückziehen',
    final: 'Das lässt sich nicht rückgängig machen.',
    date: (day: string) => `Ihr Termin wird frei: ${day}.`,
    paid: (sum: string) =>
      `Sie haben ${sum} bezahlt. Ob Sie das Geld zurückbekommen, entscheidet danach das Amt. Die Entscheidung lesen Sie hier.`,
    sure: 'Ja, ich ziehe zurück',
    send: 'Zurückziehen',
  },
  en: {
    title: 'Withdraw',
    final: 'This cannot be undone.',
    date: (day: string) => `Your date is given to others: ${day}.`,
    paid: (sum: string) =>
      `You have paid ${sum}. Whether you get the money back is decided by the office afterwards. You will read the decision here.`,
    sure: 'Yes, I withdraw',
    send: 'Withdraw',
  },
  leicht: {
    title: 'Antrag zurück-nehmen',
    final: 'Der Antrag gilt dann nicht mehr. Das können Sie nicht mehr ändern.',
    date: (day: string) => `Ihr Termin ist dann weg: ${day}.`,
    paid: (sum: string) =>
      `Sie haben ${sum} bezahlt. Bekommen Sie das Geld zurück? Das entscheidet das Amt danach. Sie lesen es hier.`,
    sure: 'Ja, ich nehme den Antrag zurück',
    send: 'Zurück-nehmen',
  },
});
