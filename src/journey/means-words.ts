import type { Language, ToldMeans } from '#service';

const WORDS: Readonly<Record<Language, Readonly<Record<ToldMeans | 'label' | 'letterTo', string>>>> = {
  de: {
    label: 'Ausgewiesen mit',
    idCard: 'Deutscher Personalausweis',
    eidCard: 'Deutsche eID-Karte (für Menschen aus der EU)',
    residencePermit: 'Elektronischer Aufenthaltstitel',
    eidas: 'Ausweis eines anderen EU-Staates',
    elster: 'ELSTER-Zertifikat',
    password: 'Benutzername und Passwort',
    onlineId: 'Deutscher Online-Ausweis',
    other: 'Andere Art der Anmeldung',
    letterCode: 'Code per Brief',
    letterTo: 'Der Brief mit dem Code ging an',
  },
  en: {
    label: 'Identified with',
    idCard: 'German identity card (Personalausweis)',
    eidCard: 'German eID card (eID-Karte, for EU citizens)',
    residencePermit: 'German electronic residence permit',
    eidas: 'ID of another EU state',
    elster: 'ELSTER certificate',
    password: 'User name and password',
    onlineId: 'German online ID',
    other: 'Another kind of sign-in',
    letterCode: 'Code by letter',
    letterTo: 'The letter with the code went to',
  },
  leicht: {
    label: 'Diesen Ausweis haben Sie gezeigt',
    idCard: 'Deutscher Personal-Ausweis',
    eidCard: 'Deutsche eID-Karte (für Menschen aus der EU)',
    residencePermit: 'Elektronischer Aufenthalts-Titel',
    eidas: 'Ausweis aus einem anderen Land der EU',
    elster: 'ELSTER',
    password: 'Name und Passwort',
    onlineId: 'Deutscher Online-Ausweis',
    other: 'Andere Anmeldung',
    letterCode: 'Code aus einem Brief vom Amt',
    letterTo: 'Diesen Brief hat bekommen',
  },
};

/** @returns what people call a means of identification */
export const meansWord = (means: ToldMeans, language: Language): string => WORDS[language][means];

/** @returns the label beside it */
export const meansLabel = (language: Language): string => WORDS[language].label;

/** @returns the label of whom the office wrote to */
export const letterToLabel = (language: Language): string => WORDS[language].letterTo;
