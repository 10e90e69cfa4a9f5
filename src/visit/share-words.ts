import type { Language } from '#service';

const de = {
  title: 'Von hier kommt gerade sehr viel',
  begun: 'Von diesem Anschluss wurde in der letzten Stunde sehr viel begonnen.',
  sent: 'Von diesem Anschluss wurde in der letzten Stunde schon viel abgesendet. Ihre Angaben sind noch da. Abgesendet sind sie noch nicht.',
  when: (time: string) => `Ab ${time} Uhr geht es weiter.`,
  help: 'Wenn es eilt, rufen Sie die 115 an.',
  helpHome:
    'Wenn es eilt: An unseren Terminals geht es weiter, solange sie geöffnet sind. Oder rufen Sie die 115 an.',
  back: 'Zurück zu Ihren Angaben',
};

type Words = typeof de;

const en: Words = {
  title: 'Very much is coming from here just now',
  begun: 'Very much was begun from this connection within the last hour.',
  sent: 'Much was sent from this connection within the last hour. Your answers are still here. They have not been sent yet.',
  when: (time) => `You can go on from ${time}.`,
  help: 'If it is urgent, call 115.',
  helpHome: 'If it is urgent: it works at our terminals while they are open. Or call 115.',
  back: 'Back to your answers',
};

const leicht: Words = {
  title: 'Von hier kommt gerade sehr viel',
  begun: 'In der letzten Stunde hat jemand von hier sehr viel angefangen.',
  sent: 'In der letzten Stunde hat jemand von hier schon viel abgeschickt. Ihre Antworten sind noch da. Wir haben sie noch nicht bekommen.',
  when: (time) => `Bitte warten Sie bis ${time} Uhr. Dann geht es weiter.`,
  help: 'Ist es eilig? Rufen Sie an: 115.',
  helpHome: 'Ist es eilig? An unseren Terminals geht es weiter, wenn sie offen sind. Oder rufen Sie an: 115.',
  back: 'Zurück zu Ihren Antworten',
};

const WORDS: Record<Language, Words> = { de, en, leicht };

export function shareWords(language: Language): Words {
  return WORDS[language];
}
