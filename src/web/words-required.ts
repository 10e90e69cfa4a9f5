/** What to do about a question that has no answer yet, made from its own label. A service can say it better: `errors.required`. */
import type { CompiledQuestion, QuestionKind } from '#service';
import { defineWords } from './words.ts';

/** How a label speaks: a question, the beginning of a sentence, or what is asked for. */
type Form = 'question' | 'stem' | 'plain';

const requiredWords = defineWords({
  de: {
    fill_plain: (label: string) => `Bitte füllen Sie das Feld „${label}“ aus.`,
    fill_question: (label: string) => `Bitte beantworten Sie die Frage: ${label}`,
    fill_stem: (label: string) => `Bitte schreiben Sie, wie der Satz weitergeht: ${label}`,
    choose_plain: (label: string) => `Bitte wählen Sie eine Antwort bei „${label}“.`,
    choose_question: (label: string) => `Bitte wählen Sie eine Antwort: ${label}`,
    choose_stem: (label: string) => `Bitte wählen Sie, wie der Satz weitergeht: ${label}`,
    decide_plain: (label: string) => `Bitte wählen Sie Ja oder Nein: ${label}.`,
    decide_question: (label: string) => `Bitte wählen Sie Ja oder Nein: ${label}`,
    decide_stem: (label: string) => `Bitte wählen Sie Ja oder Nein: ${label}`,
    date: (label: string) => `Bitte geben Sie das Datum ein: ${label}`,
    file: (label: string) => `Bitte wählen Sie eine Datei aus: ${label}`,
    add: (label: string, least: number) =>
      least === 1
        ? `Bitte machen Sie hier mindestens einen Eintrag: ${label}`
        : `Bitte machen Sie hier mindestens ${least} Einträge: ${label}`,
    addLess: (label: string, most: number) =>
      most === 1
        ? `Bitte machen Sie hier höchstens einen Eintrag: ${label}`
        : `Bitte machen Sie hier höchstens ${most} Einträge: ${label}`,
    street: 'Bitte geben Sie die Straße ein.',
    postcode: 'Bitte geben Sie die Postleitzahl ein, zum Beispiel 76133.',
    city: 'Bitte geben Sie den Ort ein.',
    country: 'Bitte wählen Sie den Staat aus der Liste.',
  },
  en: {
    fill_plain: (label: string) => `Please fill in the field “${label}”.`,
    fill_question: (label: string) => `Please answer the question: ${label}`,
    fill_stem: (label: string) => `Please write how the sentence goes on: ${label}`,
    choose_plain: (label: string) => `Please choose an answer at “${label}”.`,
    choose_question: (label: string) => `Please choose an answer: ${label}`,
    choose_stem: (label: string) => `Please choose how the sentence goes on: ${label}`,
    decide_plain: (label: string) => `Please choose yes or no: ${label}.`,
    decide_question: (label: string) => `Please choose yes or no: ${label}`,
    decide_stem: (label: string) => `Please choose yes or no: ${label}`,
    date: (label: string) => `Please enter the date: ${label}`,
    file: (label: string) => `Please choose a file: ${label}`,
    add: (label: string, least: number) =>
      least === 1
        ? `Please make at least one entry here: ${label}`
        : `Please make at least ${least} entries here: ${label}`,
    addLess: (label: string, most: number) =>
      most === 1
        ? `Please make at most one entry here: ${label}`
        : `Please make at most ${most} entries here: ${label}`,
    street: 'Please enter the street.',
    postcode: 'Please enter the postcode, for example 76133.',
    city: 'Please enter the town.',
    country: 'Please choose the country from the list.',
  },
  leicht: {
    fill_plain: (label: string) => `Hier fehlt noch etwas. Bitte füllen Sie aus: ${label}.`,
    fill_question: (label: string) => `Bitte antworten Sie auf die Frage: ${label}`,
    fill_stem: (label: string) => `Bitte schreiben Sie den Satz weiter: ${label}`,
    choose_plain: (label: string) => `Bitte wählen Sie eine Antwort aus. Und zwar bei: „${label}“.`,
    choose_question: (label: string) => `Bitte wählen Sie eine Antwort aus: ${label}`,
    choose_stem: (label: string) => `Bitte wählen Sie aus. Wie geht der Satz weiter? ${label}`,
    decide_plain: (label: string) => `Bitte wählen Sie Ja oder Nein: ${label}.`,
    decide_question: (label: string) => `Bitte wählen Sie Ja oder Nein: ${label}`,
    decide_stem: (label: string) => `Bitte wählen Sie Ja oder Nein: ${label}`,
    date: (label: string) => `Bitte schreiben Sie das Datum: ${label}`,
    file: (label: string) => `Bitte wählen Sie eine Datei aus: ${label}`,
    add: (label: string, least: number) =>
      least === 1
        ? `Bitte schreiben Sie hier etwas: ${label}`
        : `Bitte machen Sie hier ${least} Einträge: ${label}`,
    addLess: (label: string, most: number) =>
      most === 1 ? `Hier geht nur ein Eintrag: ${label}` : `Hier gehen nur ${most} Einträge: ${label}`,
    street: 'Bitte schreiben Sie die Straße.',
    postcode: 'Bitte schreiben Sie die Post-Leit-Zahl. Zum Beispiel: 76133.',
    city: 'Bitte schreiben Sie den Ort.',
    country: 'Bitte wählen Sie das Land aus der Liste.',
  },
});

type Verb = 'fill' | 'choose' | 'decide';
const VERBS: Readonly<Partial<Record<QuestionKind, Verb>>> = {
  yesNo: 'decide',
  chooseOne: 'choose',
  chooseSome: 'choose',
  country: 'choose',
  slot: 'choose',
};

function formOf(label: string): Form {
  if (label.endsWith('?')) return 'question';
  return /(?:…|\.\.\.)$/.test(label) ? 'stem' : 'plain';
}

/** A label at the end of a sentence: with its own full stop where it ends without any. */
const ended = (label: string): string => (/[?!.…]$/.test(label) ? label : `${label}.`);

/**
 * @param question that has no answer
 * @param label of it, as it stands on the screen
 * @param part '' for the question as a whole, or the part of an address
 * @returns one sentence that says what to do
 */
export function requiredText(
  question: CompiledQuestion,
  label: string,
  part: string,
  language: Parameters<typeof requiredWords>[0],
): string {
  const words = requiredWords(language);
  if (part === 'street' || part === 'postcode' || part === 'city' || part === 'country') return words[part];
  const said = label.replace(/[\s:]+$/, '');
  if (question.kind === 'date') return words.date(ended(said));
  if (question.kind === 'file') return words.file(ended(said));
  const verb = VERBS[question.kind] ?? 'fill';
  const form = formOf(said);
  return words[`${verb}_${form}`](form === 'plain' ? said.replace(/\.$/, '') : said);
}

/** @returns what to do about a group with too few entries, or too many */
export function entriesText(
  label: string,
  bound: { least: number } | { most: number },
  language: Parameters<typeof requiredWords>[0],
): string {
  const words = requiredWords(language);
  const said = ended(label.replace(/[\s:]+$/, ''));
  return 'least' in bound ? words.add(said, bound.least) : words.addLess(said, bound.most);
}
